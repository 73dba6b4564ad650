"""The forms of the 委託先: its contract, a month to collect, the travel of a 精算書."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from communities.enums import OrganisationKind
from communities.fields import LineField
from portal.areas.models import Area, Authority
from portal.kernel.forms import OnceForm
from portal.kernel.money import yen

from ..fields import DayField, YenField
from ..forms.examining import AtForm
from ..models import AgencyContract, AgencyStatement, BudgetLine, Menu
from . import queries

PICK = "選んでください"


class AgencyForm(OnceForm):
    """The year's contract with the 委託先."""

    menu = forms.ModelChoiceField(label="メニュー", queryset=Menu.objects.none(), empty_label=PICK)
    organisation_name = LineField(label="委託先の名前", max_length=120)
    kind = forms.ChoiceField(label="団体の区分", choices=OrganisationKind)
    area = forms.ModelChoiceField(label="事務所のある市町村", queryset=Area.objects.none(), empty_label=PICK)
    corporate_number = LineField(
        label="法人番号", max_length=13, required=False, help_text="法人のときは、13けたの数字で入れます。"
    )
    number = LineField(label="契約番号", max_length=40)
    signed_on = DayField(label="契約日")
    amount_yen = YenField(label="契約額", help_text="消費税を含む額。精算はこの額までです。")
    case_yen = YenField(
        label="事務費(1回あたり)", required=False, help_text="派遣1回ごとに委託先に払う額。ないときは空のままにします。"
    )  # fmt: skip
    line = forms.ModelChoiceField(label="科目", queryset=BudgetLine.objects.none(), empty_label=PICK)
    commitment_number = LineField(
        label="支出負担行為の番号", max_length=40, required=False, help_text="空なら、ポータルの番号を付けます。"
    )  # fmt: skip

    def __init__(self, *args: Any, authority: Authority, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        menus: Any = queries.menus_without(authority)
        self.fields["menu"].queryset = menus
        self.fields["menu"].label_from_instance = lambda row: f"{row.programme.year_label} {row.title}"
        self.fields["area"].queryset = Area.objects.municipalities().filter(parent=authority.area_id)
        lines = BudgetLine.objects.filter(programme__menus__in=menus).select_related("programme").distinct()
        self.fields["line"].queryset = lines
        self.fields["line"].label_from_instance = lambda row: (
            f"{row.programme.year_label} {row}(予算 {yen(row.amount_yen)})"
        )

    def clean(self) -> None:
        for name, words in (("signed_on", "契約日"), ("amount_yen", "契約額")):
            if name in self.cleaned_data and not self.cleaned_data[name]:
                self.add_error(name, f"{words}を入力してください。")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = super().cleaned_data_for_action()
        return {**values, "case_yen": values["case_yen"] or 0}


class AmountForm(AtForm):
    """The amount after a 変更契約."""

    name = "amount"
    amount_yen = YenField(label="変更後の契約額")

    def __init__(self, *args: Any, contract: AgencyContract, **kwargs: Any) -> None:
        super().__init__(*args, initial={"amount_yen": contract.amount_yen}, **kwargs)


class MonthForm(AtForm):
    """Up to which month visits are collected."""

    name = "month"
    month = forms.TypedChoiceField(label="何月分まで", coerce=date.fromisoformat)

    def __init__(self, *args: Any, contract: AgencyContract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [
            (month.isoformat(), f"{month.year}年{month.month}月") for month in queries.months(contract)
        ]


class TravelForm(AtForm):
    """The travel of every visit of a draft, in yen; the second button hands it in."""

    name = "travel"
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, statement: AgencyStatement, **kwargs: Any) -> None:
        super().__init__(*args, initial={"revision": statement.revision}, **kwargs)
        self.costs = list(queries.costs_of(statement))
        for cost in self.costs:
            visit = cost.visit
            words = f"{visit.dispatch.municipality.name}「{visit.dispatch.title}」第{visit.number}回の旅費"
            self.fields[f"travel_{cost.pk.hex}"] = YenField(
                label=words, required=False, initial=cost.travel_yen or None
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """(cost, its box) of every visit."""
        return [(cost, self[f"travel_{cost.pk.hex}"]) for cost in self.costs]

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = super().cleaned_data_for_action()
        travel: dict[UUID, int] = {cost.pk: values.get(f"travel_{cost.pk.hex}") or 0 for cost in self.costs}
        return {"revision": values["revision"], "travel": travel, "hand_in": "hand_in" in self.data}
