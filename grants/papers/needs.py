"""内示: the letter by which a municipality hears what its answered 要望調査 came to, before any budget has passed.

No claim follows from it (domain.md 3.1, step 2), and the letter says so. 標準様式 with 「第○条」 until the 要綱's own form is entered.
"""

from typing import Any

from portal.kernel import clock
from portal.kernel.ports import DocumentKind

from .. import needs
from ..documents import named
from ..models import NeedsAnswer

NOTICE = "grants.informal_notice"


def notice_snapshot(answer: NeedsAnswer) -> dict[str, Any]:
    """The content of the 内示, from what was told: the amount (円), the remark, what had been asked for."""
    row = needs.loaded(NeedsAnswer.objects.filter(pk=answer.pk)).get()
    menu = row.survey.menu
    programme, authority = menu.programme, menu.programme.authority
    return {
        "form": menu.form("informal_notice"),
        "addressee": [named(f"{row.municipality.name}長", "", "殿")],
        "sender": [named(authority.head_title, authority.head_name)],
        "subsidy": f"{programme.year_label}{menu.title}金",
        "answered_on": row.answered_at.astimezone(clock.JST).date().isoformat() if row.answered_at else "",
        "wanted_yen": row.total_yen,
        "notice_yen": row.notice_yen,
        "note": row.notice_note,
        "items": [
            {"priority": item.priority, "title": item.title, "amount_yen": item.amount_yen}
            for item in row.items.all()
        ],
        "provisional": programme.provisional,
        "fiscal_year": programme.year_label,
    }


KIND = DocumentKind(
    key=NOTICE, code="NJ", title="内示通知書", template="grants/pdf/informal_notice.html", model="grants.NeedsAnswer",
    snapshot=notice_snapshot, visible_to=needs.visible_to, permission="grants.judge_needs",
    version=lambda answer: answer.noticed_at.isoformat() if answer.noticed_at else "", seal="（公印省略）",
)  # fmt: skip
