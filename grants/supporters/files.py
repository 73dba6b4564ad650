"""The files of the four menus at which supporters can be asked for: how each is found, and when it is alive."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from portal.accounts.scope import Scope

from .. import queries as applications
from ..commission.enums import UNSENT, ThemeState
from ..commission.queries import themes
from ..dispatch import queries as dispatches
from ..dispatch.enums import OVER as DISPATCHES_OVER
from ..dispatch.enums import DispatchState
from ..enums import OVER, ApplicationState
from ..workshop import queries as workshops
from ..workshop.enums import OVER as WORKSHOPS_OVER
from ..workshop.enums import WorkshopState


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file. `ended`: states in which nobody is asked for any more, or not yet."""

    visible_to: Callable[[Scope], QuerySet[Any]]
    ended: frozenset[str]


KINDS = {
    "application": FileKind(
        lambda scope: applications.with_case(applications.visible_to(scope)), OVER | {ApplicationState.DRAFT}
    ),
    "dispatch": FileKind(
        lambda scope: dispatches.with_case(dispatches.seen_by_offices(scope)),
        DISPATCHES_OVER | {DispatchState.DRAFT},
    ),
    "workshop": FileKind(
        lambda scope: workshops.with_case(workshops.seen_by_sides(scope)),
        WORKSHOPS_OVER | {WorkshopState.DRAFT},
    ),
    "theme": FileKind(themes.visible_to, frozenset({*UNSENT, ThemeState.NOT_SELECTED, ThemeState.WITHDRAWN})),
}


def is_alive(kind: str, file: Any) -> bool:
    """Whether supporters can be asked for at this file now."""
    return file.state not in KINDS[kind].ended


def kind_of(file: Any) -> str:
    """The kind of a file, as addresses and columns call it."""
    return "theme" if file._meta.model_name == "commissiontheme" else str(file._meta.model_name)
