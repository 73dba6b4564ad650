"""The sections of an application as forms. A draft may be saved half-filled; what is missing stops only the submission."""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms

from communities.models import Platform
from portal.kernel.renderer import Choice

from ..completeness import PLAN_TEXTS
from ..enums import Mode, Part
from ..fields import DayField
from ..models import Application, ApplicationPart, ProjectType
from .typed import TypedForm

LATER = {"data-ui-need": "提出までに必須"}


class PartForm(TypedForm):
    """A section. `revision` is what the person saw; `tab` names this very page, so that its own lost answer is no conflict."""

    part: ClassVar[Part]
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    tab = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        self.application = application
        self.stored = next(part for part in application.parts.all() if part.key == self.part)
        given = kwargs.pop("initial", None) or self.stored_values()
        super().__init__(
            *args, initial={**given, "revision": self.stored.revision, "tab": str(uuid.uuid4())}, **kwargs
        )

    def rebase(self, part: ApplicationPart) -> None:
        """Show again what was typed, now upon what is stored."""
        self.stored = part
        self.rebase_on(part.revision)


class TargetForm(PartForm):
    """対象と型."""

    part = Part.TARGET
    title = forms.CharField(
        label="事業の名称",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=LATER),
        help_text="例:浜坂地区の買い物と見守りを支える事業",
    )
    platform = forms.ModelChoiceField(
        label="コミプラ",
        queryset=Platform.objects.none(),
        required=False,
        empty_label="選んでください",
        widget=forms.Select(attrs=LATER),
    )
    project_type = forms.ModelChoiceField(
        label="事業の型",
        queryset=ProjectType.objects.none(),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect(attrs=LATER),
        blank=True,
    )
    mode = forms.ChoiceField(label="進め方", choices=Mode.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        platforms, types = self.fields["platform"], self.fields["project_type"]
        platforms.queryset = Platform.objects.filter(area=application.municipality_id).order_by("kana", "id")
        types.queryset = application.menu.project_types.all()
        self.has_platforms = self._fill(platforms, lambda row: f"{row.name}({row.get_stage_display()})")
        self._fill(types, lambda row: Choice(str(row), help=f"例:{'、'.join(row.examples)}"))

    def _fill(self, field: Any, label: Callable[[Any], str]) -> bool:
        """Read the choices once, for showing; what is sent is looked up in the queryset. Whether there are any."""
        rows = [(row.pk, label(row)) for row in field.queryset]
        field.choices = ([("", field.empty_label)] if field.empty_label else []) + rows
        return bool(rows)

    def stored_values(self) -> dict[str, Any]:
        case = self.application
        return {
            "title": case.title,
            "platform": case.platform_id,
            "project_type": case.project_type_id,
            "mode": case.mode,
        }


class PlanForm(PartForm):
    """事業計画."""

    part = Part.PLAN
    starts_on = DayField(label="着手予定", required=False, help_text="例:令和9年1月12日")
    ends_on = DayField(label="完了予定", required=False, help_text="年度の中の日にします。")
    purpose = forms.CharField(
        label=PLAN_TEXTS["purpose"],
        help_text="だれの、どんな課題を、どうしたいか。数で書けるところは数で書きます。",
    )
    content = forms.CharField(
        label=PLAN_TEXTS["content"],
        help_text="いつ、どこで、何を、何回行うか。備品を買うときは、保管の場所も書きます。",
    )
    partners = forms.CharField(
        label=PLAN_TEXTS["partners"], help_text="自治会、NPO、学校など、それぞれの役割。"
    )
    outcome = forms.CharField(
        label=PLAN_TEXTS["outcome"], help_text="何がどれだけ変わればよいか、どう確かめるか。"
    )
    continuation = forms.CharField(
        label=PLAN_TEXTS["continuation"], help_text="補助金がなくなったあとの人と財源。"
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        for name in PLAN_TEXTS:
            field = self.fields[name]
            field.required, field.max_length = False, 2000
            field.validators = [*field.validators, forms.CharField(max_length=2000).validators[0]]
            field.widget = forms.Textarea(attrs={**LATER, "rows": 5, "data-ui-note": "2,000字まで"})
        for name in ("starts_on", "ends_on"):
            self.fields[name].widget.attrs |= LATER

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "完了予定は、着手予定と同じ日か、それより後にしてください。")
        return data

    def stored_values(self) -> dict[str, Any]:
        return {
            "starts_on": self.application.starts_on,
            "ends_on": self.application.ends_on,
            **self.stored.texts,
        }

    def cleaned_data_for_action(self) -> dict[str, Any]:
        data = super().cleaned_data_for_action()
        return {
            "revision": data["revision"],
            "tab": data["tab"],
            "starts_on": data["starts_on"],
            "ends_on": data["ends_on"],
            "texts": {name: data[name] for name in PLAN_TEXTS},
        }


class ConfirmForm(PartForm):
    """申請者と文書番号."""

    part = Part.CONFIRM
    applicant_title = forms.CharField(
        label="申請者の職",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=LATER),
        help_text="例:鹿屋市長",
    )
    applicant_name = forms.CharField(
        label="申請者の氏名", max_length=60, required=False, widget=forms.TextInput(attrs=LATER)
    )
    own_number = forms.CharField(
        label="文書番号",
        max_length=40,
        required=False,
        help_text="庁内で付けた番号があれば入れます。申請書の右上に入ります。例:鹿地振第412号",
    )

    def stored_values(self) -> dict[str, Any]:
        case = self.application
        return {
            "applicant_title": case.applicant_title,
            "applicant_name": case.applicant_name,
            "own_number": case.own_number,
        }
