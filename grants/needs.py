"""Reads of 要望調査 and 内示, and the rule that an application stays within its 内示."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from communities.queries.notes import reason_of
from portal.accounts.scope import Scope

from .enums import ApplicationState, NeedsState
from .models import Application, NeedsAnswer, NeedsSurvey
from .queries import READERS
from .rules import MUNICIPAL

ENDED = (
    ApplicationState.WITHDRAWN,
    ApplicationState.REJECTED,
    ApplicationState.REVOKED,
)  # they take nothing of it


def loaded(answers: QuerySet[NeedsAnswer]) -> QuerySet[NeedsAnswer]:
    return answers.select_related(
        "municipality", "survey__menu__programme__authority__area", "answered_by", "noticed_by"
    ).prefetch_related("items")


def own(scope: Scope) -> QuerySet[NeedsAnswer]:
    """What the municipalities the scope works for were asked."""
    return loaded(NeedsAnswer.objects.filter(municipality__in=scope.areas(*MUNICIPAL)))


def received(scope: Scope) -> QuerySet[NeedsAnswer]:
    """The answers sent to the authorities the scope reads for; what a municipality has not sent is its own."""
    sent = NeedsAnswer.objects.exclude(state=NeedsState.ASKED)
    return loaded(sent.filter(survey__menu__programme__authority__area__in=scope.homes(*READERS)))


def visible_to(scope: Scope) -> QuerySet[NeedsAnswer]:
    """Its own side's: a municipality's at any time, the prefecture's once it was sent."""
    return own(scope) | received(scope)


def surveys_of(scope: Scope) -> QuerySet[NeedsSurvey]:
    """The surveys of the authorities the scope reads for."""
    found = NeedsSurvey.objects.filter(menu__programme__authority__area__in=scope.homes(*READERS))
    return found.select_related("menu__programme__authority__area", "asked_by")


def table(survey: NeedsSurvey) -> dict[str, Any]:
    """The municipalities in order of their codes: who has not answered, who has, with sums. Two queries."""
    rows = list(survey.answers.select_related("municipality").prefetch_related("items"))
    answered = [row for row in rows if not row.is_open]
    return {
        "waiting": [row for row in rows if row.is_open],
        "answered": answered,
        "asked_count": len(rows),
        "wanted_yen": sum(row.total_yen for row in answered),
        "noticed_yen": sum(row.notice_yen or 0 for row in answered),
    }


def most_of(answer: NeedsAnswer) -> int | None:
    """The most its menu can give for the projects answered, in yen: its cap, or as many caps of one file; None without.

    A contract of ④ is counted with its tax, as its call and its contract are.
    """
    menu = answer.survey.menu
    if menu.file_cap_yen is not None and menu.contract_cap_yen is not None:
        return menu.contract_cap_yen * max(1, len(answer.items.all()))
    return menu.town_cap_yen


def return_reason(answer: NeedsAnswer) -> str:
    """Why an open answer was sent back last; empty when it never was. At most one query."""
    return reason_of(answer, "return_answer") if answer.is_open else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InformalNotice:
    """The 内示 of a municipality as one application sees it. `others_yen`: what it filed else under the menu."""

    amount_yen: int
    note: str
    noticed_at: datetime
    others_yen: int
    agreed_yen: int | None = None

    @property
    def limit_yen(self) -> int:
        """Up to which the municipality may apply: the 内示, or what the office agreed to above it."""
        return max(self.amount_yen, self.agreed_yen or 0)

    @property
    def left_yen(self) -> int:
        return max(0, self.limit_yen - self.others_yen)

    def holds(self, grant_yen: int) -> bool:
        """Whether an application of so much stays within the 内示 (workflows.md: unless the officer agrees)."""
        return self.others_yen + grant_yen <= self.limit_yen


def with_notice(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With the 内示 of the municipality for the menu, if one was given; no query of its own."""
    given = NeedsAnswer.objects.filter(
        survey__menu=OuterRef("menu"), municipality=OuterRef("municipality"), state=NeedsState.NOTICED
    )
    return applications.annotate(
        given_yen=Subquery(given.values("notice_yen")[:1]),
        given_note=Subquery(given.values("notice_note")[:1]),
        given_at=Subquery(given.values("noticed_at")[:1]),
        given_agreed_yen=Subquery(given.values("agreed_yen")[:1]),
    )


def lock_notice(application: Application) -> None:
    """Hold the 内示 of the municipality, so that two of its files are submitted one after the other. Needs a transaction."""
    given = NeedsAnswer.objects.filter(
        survey__menu=application.menu_id, municipality=application.municipality_id
    )
    list(given.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))


def informal_notice(application: Application) -> InformalNotice | None:
    """The 内示 that the application has to stay within; None when none was given.

    One query where there is one, and one more for an application that was not read `with_notice`.
    """
    row: Any = application
    if not hasattr(row, "given_yen"):
        row = with_notice(Application.objects.filter(pk=application.pk)).get()
    if row.given_yen is None:
        return None
    others = Application.objects.filter(
        menu=application.menu_id, municipality=application.municipality_id
    ).exclude(pk=application.pk)
    live = others.filter(submitted_at__isnull=False).exclude(state__in=ENDED)
    return InformalNotice(
        amount_yen=row.given_yen,
        note=row.given_note,
        noticed_at=row.given_at,
        agreed_yen=row.given_agreed_yen,
        others_yen=live.aggregate(sum=Sum("grant_yen"))["sum"] or 0,
    )
