"""The forms of a visit: its day, a change of it, the two reports, the order to pay."""

from typing import Any

from django import forms

from communities.fields import LineField, MomentField, NumberField
from portal.kernel import clock
from portal.kernel.forms import OnceForm

from ..dispatch.enums import MINUTES_MAX, PEOPLE_MAX, Side
from ..fields import YenField
from ..models import Visit
from .dispatch import area_text
from .examining import AtForm


class DateForm(OnceForm):
    """When and where."""

    starts_at = MomentField(label="始まり")
    ends_at = MomentField(label="終わり")
    place = LineField(label="場所", max_length=120, required=False)


class MoveForm(AtForm):
    """Another day, and why."""

    name = "move"
    starts_at = MomentField(label="新しい始まり")
    ends_at = MomentField(label="新しい終わり")
    place = LineField(label="場所", max_length=120, required=False)
    reason = LineField(label="変える理由", max_length=200, help_text="相手に表示されます。")

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        known = {
            "starts_at": visit.starts_at.astimezone(clock.JST), "ends_at": visit.ends_at.astimezone(clock.JST),
            "place": visit.place,
        }  # fmt: skip
        super().__init__(*args, initial=known, **kwargs)


class ReportForm(AtForm):
    """What one side reports; the other side's figure is not asked."""

    content = area_text("助言の内容", 4, max_length=2000)
    outcome = area_text("成果と、これから", 4, max_length=2000)
    people_count = NumberField(
        label="参加した人数", min_value=1, max_value=PEOPLE_MAX,
        widget=forms.TextInput(attrs={"data-ui-unit": "人", "data-ui-size": "s"}),
    )  # fmt: skip
    minutes = NumberField(
        label="助言した時間", min_value=1, max_value=MINUTES_MAX, help_text="休憩を除いた時間を、分で入れます。",
        widget=forms.TextInput(attrs={"data-ui-unit": "分", "data-ui-size": "s"}),
    )  # fmt: skip

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        self.name = f"report_{side}"  # type: ignore[misc]
        self.side = side
        super().__init__(*args, **kwargs)
        del self.fields["minutes" if side == Side.MUNICIPALITY else "people_count"]

    def cleaned_data_for_action(self) -> dict[str, Any]:
        return {**super().cleaned_data_for_action(), "side": self.side}


class OrderForm(AtForm):
    """The travel that is paid beside the fee."""

    name = "order"
    travel_yen = YenField(
        label="旅費", required=False, help_text="この回の旅費。ないときは空のままにします。"
    )
    travel_direct = forms.BooleanField(
        label="実費を、交通機関などへ直接払う", required=False, help_text="本人に払うときは、旅費も源泉徴収の対象になります。"
    )  # fmt: skip
    carrier = LineField(label="直接払う相手", max_length=80, required=False)

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = super().cleaned_data_for_action()
        return {**values, "travel_yen": values["travel_yen"] or 0}
