"""What the prefecture's queue can be narrowed to."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from portal.accounts.scope import Scope
from portal.areas.models import Section

from .enums import ApplicationState
from .models import Application

STATES = [
    ("", "すべて"),
    (ApplicationState.SUBMITTED.value, "受け取り待ち"),
    (ApplicationState.SCREENING.value, "形式審査中"),
    (ApplicationState.RETURNED.value, "補正待ち"),
    (ApplicationState.REVIEWING.value, "内容審査中"),
    (ApplicationState.DECIDING.value, "決裁中"),
    (ApplicationState.DECIDED.value, "交付決定"),
    (ApplicationState.CHANGING.value, "変更の審査中"),
    (ApplicationState.REPORTED.value, "実績報告済み"),
    (ApplicationState.INSPECTED.value, "検査済み"),
    (ApplicationState.SETTLED.value, "額の確定"),
    (ApplicationState.CLOSED.value, "完了"),
    (ApplicationState.REVOKED.value, "決定の取消し"),
    (ApplicationState.REJECTED.value, "不交付決定"),
]
HOLDERS = [("", "すべて"), ("me", "自分"), ("none", "まだいない")]


class QueueFilter(forms.Form):
    """Narrows by state, regional office and holder. An unknown value narrows nothing."""

    state = forms.ChoiceField(label="状態", choices=STATES, required=False)
    office = forms.ModelChoiceField(
        label="振興局・支庁", queryset=Section.objects.none(), required=False, empty_label="すべて"
    )
    holder = forms.ChoiceField(label="担当", choices=HOLDERS, required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        homes = {post.home_code for post in scope.posts}
        self.fields["office"].queryset = Section.objects.filter(
            authority__area__in=homes, coverages__isnull=False
        ).distinct()

    def apply(self, applications: QuerySet[Application]) -> QuerySet[Application]:
        values = self.cleaned_data if self.is_valid() else {}
        if values.get("state"):
            applications = applications.filter(state=values["state"])
        if values.get("office"):
            applications = applications.filter(office=values["office"])
        if values.get("holder"):
            applications = applications.filter(
                Q(held_by=self.scope.user_id) if values["holder"] == "me" else Q(held_by__isnull=True)
            )
        return applications
