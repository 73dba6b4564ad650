"""Forms of initiatives, collaborations, their evidence, and コミプラ."""

from typing import Any

from django import forms

from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel import clock
from portal.kernel.forms import OnceForm
from portal.kernel.names import corporate_number_valid, search_key
from portal.kernel.uploads import UploadField

from ..enums import CollaborationForm as Form
from ..enums import EvidenceKind, OrganisationKind, PlatformPhase
from ..fields import FIRST_YEAR, DayField, LineField, NameKanaField, NumberField
from ..models import Collaboration, Initiative, Platform
from ..rules import MUNICIPAL_STAFF


class InitiativeForm(OnceForm):
    """A line is enough."""

    title = LineField(label="名前", max_length=100)
    summary = LineField(
        label="ひとことで言うと", max_length=200, help_text="思いつきの一行からで大丈夫です。"
    )
    story = forms.CharField(
        label="くわしく", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class _EvidenceFields(OnceForm):
    """A kind and its file go together."""

    def _pair(self, *, required: bool) -> None:
        kind, file = self.cleaned_data.get("evidence_kind"), self.cleaned_data.get("evidence_file")
        if file and not kind:
            self.add_error("evidence_kind", "資料の種類を選んでください。")
        elif (kind or required) and not file and "evidence_file" not in self.errors:
            self.add_error("evidence_file", "資料のファイルを選んでください。")


class CollaborationForm(_EvidenceFields):
    """What was done with whom. `submit` is its second button."""

    organisation_name = LineField(
        label="相手方の名前", max_length=120, help_text="学校、会社、自治会など。正式な名前で入力してください。"
    )  # fmt: skip
    organisation_kind = forms.ChoiceField(
        label="主体の区分", choices=[("", "選んでください"), *OrganisationKind.choices]
    )
    corporate_number = forms.CharField(
        label="法人番号", required=False, max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric", "data-ui-size": "m"}),
        help_text="分かるときだけ。同じ相手方を二重に登録しないために使います。",
    )  # fmt: skip
    partner_public = forms.BooleanField(
        label="相手方が、名前の公開に同意している", required=False, help_text="同意がないときは、区分だけを公開します。"
    )  # fmt: skip
    form = forms.ChoiceField(label="協働の形態", choices=[("", "選んでください"), *Form.choices])
    our_role = LineField(label="わたしたちの役割", max_length=200)
    their_role = LineField(label="相手方の役割", max_length=200)
    started_on = DayField(label="実施した日", help_text="この日の年度に数えます。")
    ended_on = DayField(label="終わった日", required=False, help_text="何日か続いたときだけ。")
    place = LineField(label="場所", max_length=120, required=False)
    participants_count = NumberField(label="参加人数", required=False, min_value=0, max_value=1_000_000)
    outcome = forms.CharField(
        label="成果", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    evidence_kind = forms.ChoiceField(
        label="根拠の資料の種類", required=False, choices=[("", "あとで付ける"), *EvidenceKind.choices]
    )  # fmt: skip
    evidence_file = UploadField(label="根拠の資料", required=False)

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initiative = initiative
        self.fields["participants_count"].widget.attrs["data-ui-unit"] = "人"

    def clean_organisation_name(self) -> str:
        name: str = self.cleaned_data["organisation_name"]
        if search_key(name) == search_key(self.initiative.community.name):
            raise forms.ValidationError(
                "コミュニティ自身は、相手方になりません。いっしょに行った団体を入力してください。"
            )
        return name

    def clean_corporate_number(self) -> str:
        number = "".join(char for char in search_key(self.cleaned_data["corporate_number"]) if char.isdigit())
        if self.cleaned_data["corporate_number"] and not corporate_number_valid(number):
            raise forms.ValidationError("法人番号は、検査数字の合う13けたの数字で入力してください。")
        return number

    def clean_started_on(self) -> Any:
        day = self.cleaned_data["started_on"]
        if day > clock.today_jst():
            raise forms.ValidationError("実施した日は、今日までの日付にしてください。")
        if day.year < FIRST_YEAR:
            raise forms.ValidationError(f"実施した日は、{FIRST_YEAR}年からの日付にしてください。")
        return day

    def clean(self) -> None:
        started, ended = self.cleaned_data.get("started_on"), self.cleaned_data.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", "終わった日は、実施した日より後にしてください。")
        self._pair(required=False)

    def cleaned_data_for_action(self) -> dict[str, Any]:
        data = super().cleaned_data_for_action()
        kind, file = data.pop("evidence_kind"), data.pop("evidence_file")
        return {**data, "evidence": [(kind, file)] if file else [], "submit": self.data.get("submit") == "1"}


class EvidenceForm(_EvidenceFields):
    """One more file for a record."""

    evidence_kind = forms.ChoiceField(
        label="資料の種類", choices=[("", "選んでください"), *EvidenceKind.choices]
    )
    evidence_file = UploadField(label="資料")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        return {"kind": self.cleaned_data["evidence_kind"], "file": self.cleaned_data["evidence_file"]}


class CollaborationEditForm(OnceForm):
    """What can still be changed before the ward confirms."""

    form = forms.ChoiceField(label="協働の形態", choices=Form)
    our_role = LineField(label="わたしたちの役割", max_length=200)
    their_role = LineField(label="相手方の役割", max_length=200)
    ended_on = DayField(label="終わった日", required=False)
    place = LineField(label="場所", max_length=120, required=False)
    participants_count = NumberField(label="参加人数", required=False, min_value=0, max_value=1_000_000)
    outcome = forms.CharField(
        label="成果", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    partner_public = forms.BooleanField(label="相手方が、名前の公開に同意している", required=False)

    def __init__(self, *args: Any, collaboration: Collaboration, **kwargs: Any) -> None:
        initial = {name: getattr(collaboration, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        self.collaboration = collaboration

    def clean_ended_on(self) -> Any:
        day = self.cleaned_data["ended_on"]
        if day and day < self.collaboration.started_on:
            raise forms.ValidationError("終わった日は、実施した日より後にしてください。")
        return day


class PlatformForm(OnceForm):
    """A コミプラ with the stage it stands at."""

    name = LineField(label="名前", max_length=80)
    kana = NameKanaField(label="フリガナ", max_length=120)
    area = forms.ModelChoiceField(label="市町村・区", queryset=Area.objects.none(), empty_label=None)
    summary = forms.CharField(
        label="概要", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    stage = forms.ChoiceField(
        label="ステージ", choices=PlatformPhase, widget=forms.RadioSelect(attrs={"data-ui-row": "1"})
    )
    since_on = DayField(label="この日から")

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = scope.areas(*MUNICIPAL_STAFF)
        self.fields["area"].queryset = Area.objects.filter(pk__in=codes)  # type: ignore[attr-defined]


class StageForm(OnceForm):
    """The next stage of a コミプラ, or one back with a reason."""

    stage = forms.ChoiceField(
        label="ステージ", choices=PlatformPhase, widget=forms.RadioSelect(attrs={"data-ui-row": "1"})
    )
    since_on = DayField(label="この日から")
    note = forms.CharField(
        label="理由", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3}), help_text="もどすときは必須です。"
    )  # fmt: skip

    def __init__(self, *args: Any, platform: Platform, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since_on": clock.today_jst(), "stage": platform.stage}, **kwargs)
