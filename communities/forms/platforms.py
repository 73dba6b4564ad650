"""Forms of what a コミプラ is."""

from typing import Any

from django import forms

from portal.areas.models import SchoolDistrict
from portal.kernel.forms import OnceForm

from ..enums import OrganisationKind
from ..fields import DayField, LineField, NameKanaField
from ..models import Platform
from ..models.platforms import LegalForm, PartKind

GRANTS = [("", "分からない"), ("yes", "受けている"), ("no", "受けていない")]
FIELDS = ("name", "kana", "summary", "legal_form", "plan_title", "plan_from", "plan_to")


class PlatformEditForm(OnceForm):
    """Name, districts, legal form, block grant, plan."""

    name = LineField(label="名前", max_length=80)
    kana = NameKanaField(label="フリガナ", max_length=120)
    summary = forms.CharField(
        label="概要", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    districts = forms.ModelMultipleChoiceField(
        label="校区",
        queryset=SchoolDistrict.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    legal_form = forms.ChoiceField(
        label="法人格", choices=[("", "分からない"), *LegalForm.choices], required=False
    )
    block_grant = forms.ChoiceField(
        label="包括的な交付金", choices=GRANTS, required=False, help_text="使い道を地域で決められる、市町村の一括交付金。"
    )  # fmt: skip
    plan_title = LineField(label="地域づくり計画の名前", max_length=80, required=False)
    plan_from = DayField(label="計画の始まり", required=False)
    plan_to = DayField(label="計画の終わり", required=False)

    def __init__(self, *args: Any, platform: Platform, **kwargs: Any) -> None:
        initial = {name: getattr(platform, name) for name in FIELDS}
        initial["block_grant"] = {True: "yes", False: "no", None: ""}[platform.block_grant]
        initial["districts"] = platform.districts.all()
        super().__init__(*args, initial=initial, **kwargs)
        rows = SchoolDistrict.objects.filter(area=platform.area_id).order_by("kana", "name")
        self.fields["districts"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> None:
        start, end = self.cleaned_data.get("plan_from"), self.cleaned_data.get("plan_to")
        if start and end and end < start:
            self.add_error("plan_to", "計画の終わりは、始まりより後の日付にしてください。")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        data = super().cleaned_data_for_action()
        return {**data, "block_grant": {"yes": True, "no": False}.get(data["block_grant"])}


class PlatformPartForm(OnceForm):
    """A body or a 部会, with what it does."""

    part = forms.ChoiceField(
        label="種類",
        choices=PartKind,
        widget=forms.RadioSelect(attrs={"data-ui-row": "1"}),
        initial=PartKind.BODY,
    )
    name = LineField(label="名前", max_length=80, help_text="例:見本自治会、小学校PTA、防災部会")
    kind = forms.ChoiceField(
        label="主体の区分", choices=[("", "選ばない"), *OrganisationKind.choices], required=False
    )
    role = LineField(
        label="役割", max_length=120, required=False, help_text="個人の名前は書かないでください。"
    )
