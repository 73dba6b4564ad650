"""What the prefecture's list of workshops can be narrowed to."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from portal.accounts.scope import Scope
from portal.areas.models import Section

from ..models import Workshop
from .enums import HostKind, WorkshopState


class WorkshopFilter(forms.Form):
    """Narrows by state, host and regional office. An unknown value narrows nothing."""

    state = forms.ChoiceField(label="状態", choices=[("", "すべて"), *WorkshopState.choices], required=False)
    host = forms.ChoiceField(label="主催", choices=[("", "すべて"), *HostKind.choices], required=False)
    office = forms.ModelChoiceField(
        label="振興局・支庁", queryset=Section.objects.none(), required=False, empty_label="すべて"
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        homes = {post.home_code for post in scope.posts}
        self.fields["office"].queryset = Section.objects.filter(
            Q(coverages__isnull=False) | Q(examined_menus__isnull=False), authority__area__in=homes
        ).distinct()

    def apply(self, workshops: QuerySet[Workshop]) -> QuerySet[Workshop]:
        values = self.cleaned_data if self.is_valid() else {}
        wanted = {
            "state": values.get("state"),
            "host_kind": values.get("host"),
            "office": values.get("office"),
        }
        return workshops.filter(**{name: value for name, value in wanted.items() if value})
