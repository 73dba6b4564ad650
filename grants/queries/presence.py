"""Reads of who has a file open."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from portal.accounts.scope import Scope
from portal.kernel import clock

from ..enums import Side
from ..models import Application, Presence
from ..rules import MUNICIPAL

BEAT_SECONDS = 30  # how often an open page says so
STILL_HERE = timedelta(seconds=2.5 * BEAT_SECONDS)  # one beat may be lost on the way
SHOWN = 10


def side_of(scope: Scope, application: Application) -> Side:
    """For whom the scope's person has the file open."""
    ours = application.municipality_id in scope.areas(*MUNICIPAL)
    return Side.MUNICIPALITY if ours else Side.PREFECTURE


def others(application: Application, side: Side, user_id: UUID) -> list[dict[str, str]]:
    """The other people of one side who have the file open now: user, name, place; by name. One query."""
    return list(_rows(application.pk, side, user_id))


def noting_present(applications: QuerySet[Application], side: Side, user_id: UUID) -> QuerySet[Application]:
    """With `present`: the same for each of them. No query of its own."""
    return applications.annotate(present=ArraySubquery(_rows(OuterRef("pk"), side, user_id)))


def _rows(application: Any, side: Side, user_id: UUID) -> Any:
    here = Presence.objects.filter(
        application=application, side=side, seen_at__gt=clock.now() - STILL_HERE
    ).exclude(user=user_id)
    row = JSONObject(user="user_id", name="user__name", place="place")
    return here.order_by("user__name", "user_id").values_list(row, flat=True)[:SHOWN]
