"""Mails about a call and its questions."""

from portal.accounts.enums import Role

from ...models import CommissionCall, CommissionQuestion
from ...routing import office_of
from ...rules import MUNICIPAL
from . import posted, send


def officers(call: CommissionCall) -> list[str]:
    """The officers of the office that the theme's municipality is routed to."""
    office = office_of(call.theme.menu, call.theme.municipality)
    return posted(call.theme.menu.programme.authority.area_id, Role.PREFECTURE_OFFICER, section=office)


def secretariat(call: CommissionCall) -> list[str]:
    return posted(call.theme.menu.programme.authority.area_id, Role.SECRETARIAT)


def published(call: CommissionCall) -> None:
    """To the municipality of the theme and the secretariat."""
    to = [*posted(call.theme.municipality_id, *MUNICIPAL), *secretariat(call)]
    send("call_published", to, call, once="1", path=call.get_absolute_url(), call=call)


def voided(call: CommissionCall, note: str) -> None:
    """To the municipality of the theme and the secretariat: it was given up."""
    to = [*posted(call.theme.municipality_id, *MUNICIPAL), *secretariat(call)]
    send("call_voided", to, call, once="1", path=call.get_absolute_url(), call=call, note=note)


def asked(question: CommissionQuestion) -> None:
    """To the officers: somebody asks. The question itself is read on the page."""
    call = question.call
    send("question_asked", officers(call), question, once="1", path=call.get_staff_url(), call=call)


def answered(question: CommissionQuestion) -> None:
    """To who left an address."""
    call = question.call
    to = [question.email] if question.email else []
    send(
        "question_answered",
        to,
        question,
        once="1",
        path=call.get_absolute_url(),
        call=call,
        question=question,
    )
