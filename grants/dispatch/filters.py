"""What the queue of dispatches can be narrowed to."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from portal.accounts.scope import Scope
from portal.areas.models import Section

from ..models import Dispatch
from .enums import DispatchState

STATES = [
    ("", "すべて"),
    *((state.value, state.label) for state in DispatchState if state != DispatchState.DRAFT),
]


class DispatchFilter(forms.Form):
    """Narrows by state and regional office. An unknown value narrows nothing."""

    state = forms.ChoiceField(label="状態", choices=STATES, required=False)
    office = forms.ModelChoiceField(
        label="振興局・支庁", queryset=Section.objects.none(), required=False, empty_label="すべて"
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        homes = {post.home_code for post in scope.posts}
        self.fields["office"].queryset = Section.objects.filter(
            Q(coverages__isnull=False) | Q(examined_menus__isnull=False), authority__area__in=homes
        ).distinct()

    def apply(self, dispatches: QuerySet[Dispatch]) -> QuerySet[Dispatch]:
        values = self.cleaned_data if self.is_valid() else {}
        if values.get("state"):
            dispatches = dispatches.filter(state=values["state"])
        if values.get("office"):
            dispatches = dispatches.filter(office=values["office"])
        return dispatches
