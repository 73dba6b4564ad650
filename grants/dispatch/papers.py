"""The papers of menu ①. Titled 標準様式 with 「第○条」 until the menu has its own (domain.md 8); everything they say is JSON made here."""

from typing import Any

from portal.kernel.ports import DocumentKind

from ..models import Dispatch, Menu
from . import queries

APPLICATION = "grants.dispatch_request"


def form_of(menu: Menu, key: str) -> str:
    """「標準様式(第○条関係)」, or what the menu says of this paper."""
    row = next((row for row in menu.documents if row["key"] == key), {})
    return f"{row.get('form_label') or '標準様式'}({row.get('article') or '第○条'}関係)"


def named(title: str, name: str, suffix: str = "") -> str:
    """「鹿児島県知事　○○　○○　殿」, with full-width spaces as official letters have them."""
    return "　".join(part for part in (title, name.replace(" ", "　"), suffix) if part)


def request_snapshot(dispatch: Dispatch) -> dict[str, Any]:
    """The content of アドバイザー派遣申込書."""
    case = queries.with_case(Dispatch.objects.all()).get(pk=dispatch.pk)
    authority = case.menu.programme.authority
    return {
        "addressee": [named(authority.head_title, authority.head_name, "殿")],
        "sender": [named(case.applicant_title, case.applicant_name)],
        "form": form_of(case.menu, "request"),
        "fiscal_year": case.menu.programme.year_label,
        "menu": case.menu.title,
        "title": case.title,
        "subject": case.get_subject_display(),
        "manner": case.get_manner_display(),
        "visits": case.visits_wanted,
        "issue": case.issue,
        "wishes": case.wishes,
        "times": case.times,
        "platform": case.platform.name if case.platform else "",
        "wished": case.wished.name if case.wished else "",
        "contact": case.contact_name,
    }


REQUEST = DocumentKind(
    key=APPLICATION,
    code="HM",
    title="アドバイザー派遣申込書",
    template="grants/pdf/dispatch_request.html",
    model="grants.Dispatch",
    snapshot=request_snapshot,
    visible_to=queries.visible_to,
    permission="grants.submit_dispatch",
    version=lambda dispatch: str(dispatch.version),
    seal="（公印省略）",
)
KINDS = (REQUEST,)
