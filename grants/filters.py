"""What the prefecture's queue can be narrowed to."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet

from portal.accounts.scope import Scope
from portal.kernel import fiscal

from . import queries
from .enums import ON_DESK, ApplicationState
from .models import Application
from .queries import queue

ALL = "all"
STATES = [
    ("", "いま扱っているもの"),
    (ALL, "すべて(終わったものも)"),
    *[
        (state.value, state.label if state != ApplicationState.SUBMITTED else "受け取り待ち")
        for state in ApplicationState
        if state != ApplicationState.DRAFT
    ],
]
EVERY = ("", "すべて")
HOLDERS = [EVERY, ("me", "自分"), ("none", "まだいない")]


class QueueFilter(forms.Form):
    """Narrows by state, year, municipality, regional office and holder. An unknown value narrows nothing.

    Without a state it shows what is in hand: after some years most files are closed, and would stand before the new ones.
    """

    state = forms.ChoiceField(label="状態", choices=STATES, required=False)
    year = forms.TypedChoiceField(label="年度", coerce=int, empty_value=None, required=False)
    municipality = forms.ChoiceField(label="市町村", required=False)
    office = forms.TypedChoiceField(label="振興局・支庁", coerce=UUID, empty_value=None, required=False)
    holder = forms.ChoiceField(label="担当", choices=HOLDERS, required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.homes = scope.homes(*queries.READERS)
        found = queue.choices(self.homes)
        self.caps = [(slug, fiscal.FiscalYear(int(year)).label) for year, slug in found["cap"]]
        years = [(int(year), fiscal.FiscalYear(int(year)).label) for year, _ in found["year"]]
        for name, rows in (("year", years), ("municipality", found["town"]), ("office", found["office"])):
            self.fields[name].choices = [EVERY, *rows]

    @property
    def narrows(self) -> bool:
        """Whether anything was chosen."""
        self.is_valid()
        return any(getattr(self, "cleaned_data", {}).values())

    def apply(self, applications: QuerySet[Application]) -> QuerySet[Application]:
        self.is_valid()
        values = getattr(self, "cleaned_data", {})
        state = values.get("state", "")
        if state != ALL:
            applications = applications.filter(state__in=[state] if state else sorted(ON_DESK))
        if values.get("year"):
            applications = applications.filter(menu__programme__fiscal_year=values["year"])
        for name in ("municipality", "office"):
            if values.get(name):
                applications = applications.filter(**{name: values[name]})
        if values.get("holder"):
            applications = applications.filter(
                Q(held_by=self.scope.user_id) if values["holder"] == "me" else Q(held_by__isnull=True)
            )
        return applications


def narrowed(
    applications: QuerySet[Application], wanted: Mapping[str, str], scope: Scope
) -> QuerySet[Application]:
    """The same for filters that stand in an address."""
    return QueueFilter(dict(wanted), scope=scope).apply(applications)
