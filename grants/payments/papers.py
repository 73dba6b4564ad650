"""支払通知書: to the person who got a fee, what was paid, what was withheld, when (domain.md 8: 標準様式)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from portal.accounts.scope import Scope
from portal.documents import queries as documents
from portal.documents.models import Document
from portal.kernel.ports import DocumentKind

from ..documents import named
from ..models import Payment
from ..models.menu_papers import ARTICLE, FORM_LABEL
from . import queries

NOTICE_KIND = "grants.payment_notice"


def seen_by_payee(scope: Scope) -> QuerySet[Payment]:
    """The payee, and who reads the authority's payments."""
    mine = Q(payee_user=scope.user_id) if scope.user_id else Q(pk__in=[])
    return Payment.objects.filter(mine | Q(pk__in=queries.visible_to(scope).values("pk")))


def with_notices(scope: Scope, payments: Iterable[Payment]) -> list[tuple[Payment, Document | None]]:
    """Each payment with its 支払通知書, where there is one that this person opens. One query more."""
    rows = list(payments)
    found = documents.visible_to(scope).filter(kind=NOTICE_KIND, object_id__in=[row.pk for row in rows])
    notices = {notice.object_id: notice for notice in found}
    return [(row, notices.get(row.pk)) for row in rows]


def notice_snapshot(payment: Payment) -> dict[str, Any]:
    """The content of 支払通知書. Whole yen."""
    row = Payment.objects.select_related("authority").get(pk=payment.pk)
    authority, menu = row.authority, queries.menu_of(row)
    return {
        "form": menu.form("payment_notice") if menu else f"{FORM_LABEL}({ARTICLE}関係)",
        "addressee": [named("", row.payee, "様")],
        "sender": [named(authority.head_title, authority.head_name)],
        "title": row.title,
        "kind": row.get_kind_display(),
        "gross_yen": row.gross_yen,
        "withheld_yen": row.withheld_yen,
        "net_yen": row.net_yen,
        "paid_on": row.paid_on.isoformat() if row.paid_on else "",
        "year": row.year_label,
        "reference": row.reference,
    }


NOTICE = DocumentKind(
    key=NOTICE_KIND, code="SH", title="支払通知書", template="grants/pdf/payment_notice.html", model="grants.Payment",
    snapshot=notice_snapshot, visible_to=seen_by_payee, permission="grants.enter_payment", seal="（公印省略）",
)  # fmt: skip
