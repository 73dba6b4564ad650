"""{% circular_button %}: 回覧板 by one button on the desk and the event list; {% qr_code %}: the code of an address on paper."""

from typing import Any

import segno
from django import template

from communities.forms.circulars import CircularForm, usual_month
from communities.rules import WARD_STAFF
from portal.kernel import clock

register = template.Library()


@register.inclusion_tag("communities/_circular_button.html", takes_context=True)
def circular_button(context: Any) -> dict[str, Any]:
    """The button for the person's own ward and the usual month; nothing for those who make none. No query."""
    request = context["request"]
    post = request.scope.post
    own = post is not None and post.area_code in request.scope.areas(*WARD_STAFF)
    if not own:
        return {"form": None}
    month = usual_month(clock.today_jst())
    form = CircularForm(scope=request.scope, once=request, auto_id="circular_%s")
    return {
        "request": request,
        "form": form,
        "area_code": post.area_code,
        "month": f"{month:%Y-%m}",
        "month_label": f"{month.month}月",
    }


@register.simple_tag
def qr_code(address: str) -> str:
    """The QR code of `address` as a data: URI (error correction M: survives a fold and a copy)."""
    return str(segno.make_qr(address, error="m").svg_data_uri(border=0))
