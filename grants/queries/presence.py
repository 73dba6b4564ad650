"""Reads of who has a file open."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from portal.accounts.scope import Scope
from portal.kernel import clock

from ..enums import Place, Side
from ..models import Application, Presence
from ..rules import MUNICIPAL
from ..together.drafts import Draft, column, side

BEAT_SECONDS = 30  # how often an open page says so
STILL_HERE = timedelta(seconds=2.5 * BEAT_SECONDS)  # one beat may be lost on the way
SHOWN = 10
NEEDED = {Side.MUNICIPALITY: "grants.edit_application", Side.PREFECTURE: "grants.examine_application"}
AT_WORK = {
    Place.DECIDE: "grants.draft_decision",
    Place.INSPECT: "grants.inspect_result",
    Place.ANSWER: "grants.inspect_result",
    Place.REVOKE: "grants.revoke_application",
}  # what an officer needs where it is not the examination


def needed(side: Side, place: Place) -> str:
    """The permission of who is seen at `place` of an application."""
    return AT_WORK.get(place, NEEDED[side]) if side == Side.PREFECTURE else NEEDED[side]


def side_of(scope: Scope, file: Application | Draft) -> Side:
    """For whom the scope's person has the file open."""
    if not isinstance(file, Application):
        return side(file)
    ours = file.municipality_id in scope.areas(*MUNICIPAL)
    return Side.MUNICIPALITY if ours else Side.PREFECTURE


def others(file: Application | Draft, of: Side, user_id: UUID) -> list[dict[str, str]]:
    """The other people of one side who have the file open now: user, name, place; by name. One query."""
    return list(_rows(column(file), file.pk, of, user_id))


def noting_present(applications: QuerySet[Application], of: Side, user_id: UUID) -> QuerySet[Application]:
    """With `present`: the same for each of them. No query of its own."""
    return applications.annotate(
        present=ArraySubquery(_rows(column(applications.model), OuterRef("pk"), of, user_id))
    )


def _rows(name: str, file: Any, of: Side, user_id: UUID) -> Any:
    here = Presence.objects.filter(**{name: file}, side=of, seen_at__gt=clock.now() - STILL_HERE).exclude(
        user=user_id
    )
    row = JSONObject(user="user_id", name="user__name", place="place")
    return here.order_by("user__name", "user_id").values_list(row, flat=True)[:SHOWN]
