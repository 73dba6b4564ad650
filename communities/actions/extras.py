"""A registration with all that its event asks: answers, ages, a guardian's consents, childcare. One transaction.

r = register_party(by=actor, event=e, extras=Extras(bands=(0, 2, 0), guardian=Guardian(…), childcare=(2,)), name="…", …)
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.kernel import audit, clock
from portal.kernel.actors import Actor
from portal.kernel.names import clean_phone
from portal.kernel.refusals import Refusal

from ..calculations.extras import Asked, Extras, Guardian, answer_of
from ..enums import RegistrationState
from ..models import (
    ChildcareRequest,
    Event,
    EventAnswer,
    GuardianConsent,
    PartyAges,
    Registration,
)
from ..queries.asks import ask_of, asked_of, childcare_taken
from ..saving import insert, user_of
from .counter import receive_registration
from .registrations import register_for_event

ONLY_SMALL = "13歳未満の方だけでは、申し込めません。おとなの方といっしょに申し込んでください。"
CONSENTS = {
    "participation": "参加に保護者が同意していないと、申込みを受け付けられません。",
    "emergency": "けがなどのときの応急手当に保護者が同意していないと、申込みを受け付けられません。",
}


@transaction.atomic
def register_party(*, by: Actor, event: Event, extras: Extras | None = None, **values: Any) -> Registration:
    """As `register_for_event`, with what the event asks. A person whose account says 13 to 17 needs a guardian too."""
    party = register_for_event(by=by, event=event, **values)
    user = user_of(by)
    _store(party, by, extras or Extras(), minor=user is not None and user.is_minor)
    return party


@transaction.atomic
def receive_party(*, by: Actor, event: Event, extras: Extras | None = None, **values: Any) -> Registration:
    """As `receive_registration`, with what the event asks: staff write down what people say."""
    party = receive_registration(by=by, event=event, **values)
    _store(party, by, extras or Extras(), minor=False)
    return party


def _store(party: Registration, by: Actor, extras: Extras, *, minor: bool) -> None:
    """Under the lock of the seats, which the registration took: questions cannot change in between."""
    asked = asked_of(party.event)
    _store_answers(party, asked, extras)
    if asked.children:
        _store_ages(party, extras)
    if (asked.children and extras.minors) or minor:
        _store_guardian(party, extras.guardian)
    if extras.childcare:
        _store_childcare(party, extras.childcare)
    stored = [
        name
        for name, there in (
            ("answers", extras.answers), ("minors", asked.children and extras.minors), ("childcare", extras.childcare),
        )
        if there
    ]  # fmt: skip
    if stored:
        audit.record("communities.registration.extended", by=by, target=party, data={"with": stored})


def _store_answers(party: Registration, asked: Asked, extras: Extras) -> None:
    rows, wrong = [], {}
    for question in asked.questions:
        try:
            values = answer_of(question, extras.answers.get(question.pk, []))
        except ValueError as problem:
            wrong[question.field_name] = str(problem)
            continue
        if values:
            rows.append(EventAnswer(registration=party, question=question, values=values))
    if wrong:
        raise ValidationError(wrong)
    for row in rows:
        row.clean_fields(exclude=["registration", "question"])
    EventAnswer.objects.bulk_create(rows)


def _store_ages(party: Registration, extras: Extras) -> None:
    if extras.minors > party.party_size:
        raise ValidationError({"infant_count": "18歳未満の人数が、参加する人数より多くなっています。"})
    teens, primary, infants = extras.bands
    if primary + infants == party.party_size:
        raise ValidationError({"primary_count": ONLY_SMALL})
    if extras.minors:
        insert(PartyAges(registration=party, teen_count=teens, primary_count=primary, infant_count=infants))


def _store_guardian(party: Registration, guardian: Guardian | None) -> None:
    if guardian is None or not (guardian.name and guardian.phone):
        raise ValidationError(
            {"guardian_name": "18歳未満の方がいるときは、保護者の氏名と電話番号を入力してください。"}
        )
    for name, words in CONSENTS.items():
        if not getattr(guardian, name):
            raise ValidationError({f"guardian_{name}": words})
    now = clock.now()
    insert(
        GuardianConsent(
            registration=party, name=guardian.name, phone=clean_phone(guardian.phone), participation_at=now,
            emergency_at=now, photo_at=now if guardian.photo else None,
        )
    )  # fmt: skip


def _store_childcare(party: Registration, ages: tuple[int, ...]) -> None:
    """Places are counted under the lock of the seats. A party that waits holds none; it needs to fit into them at all."""
    ask = ask_of(party.event)
    if ask is None or ask.childcare_capacity is None or ask.childcare_close_at is None:
        raise Refusal("この催しに、託児はありません。", field="childcare_ages", code="no_childcare")
    if clock.now() >= ask.childcare_close_at:
        raise Refusal("託児の申込みは、締め切りました。", field="childcare_ages", code="childcare_closed")
    low, high = ask.childcare_from_age, ask.childcare_to_age
    if any(not low <= age <= high for age in ages):
        raise Refusal(f"託児は、{low}歳から{high}歳までです。", field="childcare_ages", code="childcare_age")
    waits = party.state == RegistrationState.WAITING
    left = ask.childcare_capacity - (0 if waits else childcare_taken(party.event))
    if len(ages) > left:
        words = f"託児の空きは、あと{left}人です。" if left > 0 else "託児は、いっぱいになりました。"
        raise Refusal(words, field="childcare_ages", code="childcare_full")
    insert(ChildcareRequest(registration=party, ages=list(ages), children_count=len(ages)))
