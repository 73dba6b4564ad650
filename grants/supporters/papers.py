"""活動証明書. No layout is published (domain.md 8): titled 標準様式; everything it says is JSON made here."""

from typing import Any

from portal.kernel.fiscal import wareki
from portal.kernel.ports import DocumentKind

from ..documents import named
from ..models import Placement
from . import queries
from .enums import DayState

CERTIFICATE_KIND = "grants.supporter_certificate"


def certificate_snapshot(placement: Placement) -> dict[str, Any]:
    """The content of 活動証明書: what the receiving side confirmed, day by day."""
    case = queries.with_placement(Placement.objects.all()).get(pk=placement.pk)
    request, authority = case.request, case.request.menu.programme.authority
    days = list(case.days.filter(state=DayState.CONFIRMED))
    count, minutes, _ = queries.totals(days)
    return {
        "addressee": [named("", case.supporter.name, "様")],
        "sender": [named(authority.head_title, authority.head_name)],
        "form": request.menu.form("supporter_certificate"),
        "name": case.supporter.name,
        "school": f"{case.supporter.school}　{case.supporter.grade}",
        "activity": request.title,
        "menu": f"{request.menu.programme.year_label}　{request.menu.title}",
        "field": request.get_field_display(),
        "place": f"{request.municipality.name}　{request.place}",
        "work": case.work,
        "days": [{"on": wareki(day.on), "time": day.hours_words} for day in days],
        "count": count,
        "hours": f"{minutes // 60}時間{f'{minutes % 60}分' if minutes % 60 else ''}",
    }


CERTIFICATE = DocumentKind(
    key=CERTIFICATE_KIND,
    code="GS",
    title="学生サポーター活動証明書",
    template="grants/pdf/supporter_certificate.html",
    model="grants.Placement",
    snapshot=certificate_snapshot,
    visible_to=queries.certificates_visible_to,
    permission="grants.run_placement",
    seal="（公印省略）",
)
KINDS = (CERTIFICATE,)
