"""Reads of what an event asks and what parties answered."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, Prefetch, QuerySet, Sum

from portal.accounts.scope import Scope

from ..calculations.extras import BANDS, Asked
from ..enums import HOLDS_CHILDCARE, RegistrationState
from ..models import ChildcareRequest, Event, EventAnswer, EventAsk, EventQuestion, Registration
from .counter import counter_list

EXTRAS_WITH = ("ages", "guardian", "childcare")


def asked_of(event: Event) -> Asked:
    """What this event asks of a new party. Two queries."""
    return Asked(ask=ask_of(event), questions=list(questions_of(event)))


def ask_of(event: Event) -> EventAsk | None:
    """The settings of an event, None where nobody changed them. One query."""
    return EventAsk.objects.filter(event=event).first()


def questions_of(event: Event, *, retired: bool = False) -> QuerySet[EventQuestion]:
    """The questions in their order; with `retired` also those that are asked no more."""
    rows = EventQuestion.objects.filter(event=event).order_by("place")
    return rows if retired else rows.filter(retired_at__isnull=True)


def is_answered(question: EventQuestion) -> bool:
    """Whether anybody answered it, cancelled parties too."""
    return EventAnswer.objects.filter(question=question).exists()


def childcare_taken(event: Event) -> int:
    """Children for whom places are held: by parties that hold or were offered seats. Ask under the lock of the seats.

    Who waits for a seat holds no place of childcare. The entries of a lottery do until it is drawn, so that a draw never
    promises more than there are.
    """
    rows = ChildcareRequest.objects.filter(registration__event=event, registration__state__in=HOLDS_CHILDCARE)
    return int(rows.aggregate(taken=Sum("children_count", default=0))["taken"])


def childcare_left(event: Event) -> int:
    """Places of childcare that nobody holds. Ask under the lock of the seats. Two queries."""
    ask = ask_of(event)
    return max((ask.childcare_capacity or 0) - childcare_taken(event), 0) if ask else 0


def childcare_waited_for(event: Event) -> int:
    """The most children that one waiting party wants places for. One query."""
    rows = ChildcareRequest.objects.filter(
        registration__event=event, registration__state=RegistrationState.WAITING
    )
    return int(rows.aggregate(most=Max("children_count", default=0))["most"])


def answers_of(event: Event, scope: Scope) -> QuerySet[Registration]:
    """Parties as this person may see them, with their answers and what they said about children."""
    answers = EventAnswer.objects.select_related("question").order_by("question__place")
    rows = counter_list(event, scope).select_related(*EXTRAS_WITH)
    return rows.prefetch_related(Prefetch("answers", queryset=answers))


def answer_counts(event: Event) -> list[tuple[EventQuestion, list[tuple[str, int]]]]:
    """For each question to choose from: how many parties chose what. Two queries."""
    questions = [row for row in questions_of(event, retired=True) if row.options]
    rows = EventAnswer.objects.filter(question__in=questions)
    rows = rows.exclude(registration__state=RegistrationState.CANCELLED)
    counts: dict[Any, dict[str, int]] = {row.pk: dict.fromkeys(row.options, 0) for row in questions}
    for question, values in rows.values_list("question", "values"):
        for value in values:
            counts[question][value] = counts[question].get(value, 0) + 1
    return [(row, list(counts[row.pk].items())) for row in questions]


def extras_in_words(
    party: Registration, answers: Iterable[EventAnswer], *, with_phone: bool = True
) -> list[tuple[str, str]]:
    """(label, value) of all a party added, for its own page and the counter's. No query on loaded rows.

    Tables of many parties go without the guardians' telephones: contacts are not handed out in bulk.
    """
    lines = [(answer.question.wording, "、".join(answer.values)) for answer in answers]
    if ages := getattr(party, "ages", None):
        bands = [f"{label} {getattr(ages, name)}人" for name, label in BANDS if getattr(ages, name)]
        lines.append(("うち18歳未満", "、".join(bands)))
    if guardian := getattr(party, "guardian", None):
        photo = "写真に同意" if guardian.photo_at else "写真は載せない"
        phone = f"({guardian.phone})" if with_phone else ""
        lines.append(("保護者", f"{guardian.name}{phone}・参加と応急手当に同意・{photo}"))
    if childcare := getattr(party, "childcare", None):
        ages_said = "、".join(f"{age}歳" for age in childcare.ages)
        lines.append(("託児", f"{childcare.children_count}人({ages_said})"))
    return lines
