"""{% share title path %}: plain links that pass a page on, without anybody's script."""

from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("communities/_share.html")
def share(title: str, path: str) -> dict[str, Any]:
    """Copying the address, LINE, X, mail. The services learn of the page when somebody presses, not before."""
    url = settings.BASE_URL + path
    mail = urlencode({"subject": title, "body": f"{title}\n{url}"}, quote_via=quote)
    return {
        "url": url,
        "ways": [
            ("LINEで送る", f"https://social-plugins.line.me/lineit/share?{urlencode({'url': url})}"),
            ("Xに書く", f"https://x.com/intent/post?{urlencode({'url': url, 'text': title})}"),
            ("メールで送る", f"mailto:?{mail}"),
        ],
    }
