"""What follows when a fee was paid to a person who has an account: their 支払通知書, and a mail."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from portal.documents import actions as documents
from portal.kernel import outbox
from portal.kernel.actors import Actor

from ..models import Payment
from ..payments.papers import NOTICE_KIND


def tell_advisor(*, by: Actor, payment: Payment) -> None:
    """An advisor of ①: the page of their visits lists what was paid."""
    tell_payee(by=by, payment=payment, path=reverse("grants:advisor_visits"))


@transaction.atomic
def tell_payee(*, by: Actor, payment: Payment, path: str) -> None:
    """Issue 支払通知書 and tell the payee, once, where on their own pages it is (`path`); nothing where they have no account."""
    user = payment.payee_user
    if user is None or not user.is_active:
        return
    outbox.queue(
        "grants/mail/payment_made", to=user.email, about=payment, key=f"payment:{payment.pk}:paid",
        context={"payment": payment, "url": settings.BASE_URL + path},
    )  # fmt: skip
    documents.issue(
        NOTICE_KIND, payment, by=by, authority=payment.authority, section=None, year=payment.fiscal_year
    )
