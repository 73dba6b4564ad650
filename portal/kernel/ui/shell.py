"""What stands around every page: band, masthead, desk bar, side menu, breadcrumb, footer, messages."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from . import html, navigation
from .html import el, join
from .marks import ICONS, WARDS

register = template.Library()

TONES = {"success": "ok", "error": "ng", "warning": "warn", "info": "info", "debug": "info"}


@register.inclusion_tag("ui/masthead.html", takes_context=True)
def masthead(context: Any) -> dict[str, Any]:
    """The head of public pages, with the signed-in name and the way to one's own pages."""
    request, authority = context.get("request"), context.get("authority")
    user = getattr(request, "user", None)
    signed_in = bool(user is not None and user.is_authenticated)
    path = getattr(request, "path", "")
    return {
        "site_name": getattr(authority, "site_name", "協働ひろば"),
        "tagline": getattr(authority, "site_note", ""),
        "links": navigation.public(getattr(authority, "band", "niigata"), path),
        "signed_in": signed_in,
        "name": _name(user) if signed_in else "",
        "staff": bool(signed_in and getattr(getattr(request, "scope", None), "is_staff", False)),
        "next": path if path not in ("", "/") and not path.startswith("/accounts/") else "",
    }


@register.inclusion_tag("ui/deskbar.html", takes_context=True)
def deskbar(context: Any) -> dict[str, Any]:
    """The head of staff pages: whose desk it is."""
    request, authority = context.get("request"), context.get("authority")
    post = getattr(getattr(request, "scope", None), "post", None)
    return {
        "site_name": getattr(authority, "site_name", "協働ひろば"),
        "name": _name(getattr(request, "user", None)),
        "area_name": getattr(post, "area_name", ""),
        "section_name": getattr(post, "section_name", ""),
    }


@register.simple_tag(takes_context=True)
def desk_ward(context: Any) -> str:
    """The ward whose colour a desk wears: that of the appointment, when it is a ward."""
    slug = getattr(getattr(getattr(context.get("request"), "scope", None), "post", None), "area_slug", "")
    return slug if slug in WARDS else ""


@register.inclusion_tag("ui/sidenav.html", takes_context=True)
def sidenav(context: Any) -> dict[str, Any]:
    """The staff menu, from the roles of the scope; a page may give its own groups as `sidenav`."""
    request = context.get("request")
    groups = context.get("sidenav")
    if groups is None:
        scope = getattr(request, "scope", None)
        path = getattr(request, "path", "")
        groups = navigation.staff(scope, path, context.get("sidenav_counts")) if scope is not None else []
    lines = [link for group in groups for link in group.links]
    here = next((link for link in lines if link.current), None)
    return {"groups": groups, "here": here.text if here else "", "waiting": sum(link.count for link in lines)}


@register.inclusion_tag("ui/footer.html", takes_context=True)
def site_footer(context: Any) -> dict[str, Any]:
    """The foot of public pages: who answers for them."""
    return {"authority": context.get("authority"), "links": navigation.FOOT}


@register.simple_tag(takes_context=True)
def band(context: Any) -> SafeString:
    """八区縞, or the indigo stripes of the prefecture. Decoration."""
    indigo = getattr(context.get("authority"), "band", "") == "kagoshima"
    return el("div", "", class_="band band--pref" if indigo else "band")


@register.simple_tag
def demo_banner() -> SafeString:
    """Says that this is a demo, when it is one."""
    if not getattr(settings, "DEMO", False):
        return html.EMPTY
    words = "デモです。人名・金額・日付は架空のものです。"
    line = el("p", join([words, el("a", "役をえらぶ", href="/demo/")]))
    return el("div", line, class_="demobar", role="region", aria_label="デモのお知らせ")


@register.simple_tag(takes_context=True)
def breadcrumb(context: Any, *parts: Any) -> SafeString:
    """Pairs of text and address; a last text alone is this page. ホーム stands first by itself."""
    rows = [el("li", el("a", "ホーム", href="/"))]
    for place in range(0, len(parts) - 1, 2):
        rows.append(el("li", el("a", parts[place], href=parts[place + 1])))
    if len(parts) % 2:
        rows.append(el("li", parts[-1], aria_current="page"))
    return el("nav", el("ol", join(rows)), class_="breadcrumb page", aria_label="現在位置")


@register.simple_tag(takes_context=True)
def flashes(context: Any, *, page: bool = True) -> SafeString:
    """What the last action said, as notices. Empty when there is nothing to say."""
    rows = [_flash(message) for message in context.get("messages") or ()]
    if not rows:
        return html.EMPTY
    return el(
        "div",
        join(rows),
        class_="flashes page stack stack--s" if page else "flashes stack stack--s",
        role="status",
    )


def _flash(message: Any) -> SafeString:
    tone = TONES.get(message.level_tag, "info")
    look = "notice" if tone == "info" else f"notice notice--{tone}"
    return el("div", join([ICONS[tone], el("p", str(message), class_="notice__title")]), class_=look)


def _name(user: Any) -> str:
    return str(getattr(user, "name", "") or "わたしのページ")
