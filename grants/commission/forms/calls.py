"""The forms of a call: its 公募要領, a question, an answer."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.kernel import wording
from portal.kernel.fields import clean_text
from portal.kernel.fiscal import Shift
from portal.kernel.forms import OnceForm

from ...enums import SHIFTS
from ...fields import DayField, QuantityField, YenField
from ...forms.examining import AtForm
from ...models import CommissionCall, CommissionQuestion
from ..actions.calls import Item
from ..enums import DEFAULT_ITEMS, FLOOR_PERCENT, ITEMS_MAX, PANEL_MIN, RESERVE_DAYS
from .themes import area


class RequiredDay(DayField):
    """A day that has to be given."""

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        if found is None and self.required:
            raise ValidationError("日付を入力してください。", code="required")
        return found


class CallForm(OnceForm):
    """The 公募要領. Items stand in fixed rows; their points sum to 100."""

    title = forms.CharField(label="業務の名称", max_length=120)
    purpose = area("業務の目的", rows=3)
    work = area("業務の内容", rows=6, most=3000)
    conditions = area("参加資格の補足", rows=3, most=1000, required=False)
    takes_platforms = forms.BooleanField(label="コミプラも提案できる", required=False)
    ceiling_yen = YenField(label="上限額(税込)")
    adopted_count = QuantityField(label="採択の目安(件)", initial=1)
    questions_on = RequiredDay(label="質問の期限")
    closes_on = RequiredDay(label="企画提案書の締切日")
    closes_time = forms.TimeField(
        label="締切時刻",
        required=False,
        help_text="空のときは、その日の24時までです。",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "data-ui-size": "s"}),
    )
    shift = forms.ChoiceField(label="締切が休日のとき", choices=SHIFTS, initial=Shift.AS_IS.value)
    presentation_on = DayField(label="プレゼンテーションの日", required=False)
    presentation_place = forms.CharField(label="プレゼンテーションの場所", max_length=120, required=False)
    ends_on = RequiredDay(
        label="業務の期限", help_text="検査と支払いが年度内に終わるようにします。例:3月18日"
    )
    floor_percent = QuantityField(label="最低基準(%)", initial=FLOOR_PERCENT)
    tie_position = QuantityField(
        label="同点のときの項目の番号",
        required=False,
        help_text="この項目の平均点が高いほうを上にします。それも同じときは、提案額の低いほうを上にします。",
    )
    panel_min = QuantityField(label="審査委員の人数(以上)", initial=PANEL_MIN)
    reserve_days = QuantityField(label="次点が返事をする日数", initial=RESERVE_DAYS)

    def __init__(
        self, *args: Any, call: CommissionCall | None = None, initial: Any = None, **kwargs: Any
    ) -> None:
        known = dict(initial or {})
        rows: list[tuple[str, int]] = list(DEFAULT_ITEMS)
        if call is not None:
            known |= {name: getattr(call, name) for name in self.base_fields}
            rows = [(item.label, item.points) for item in call.items.all()]
        for number, (label, points) in enumerate(rows, start=1):
            known |= {f"label_{number}": label, f"points_{number}": points}
        super().__init__(*args, initial=known, **kwargs)
        for number in range(1, ITEMS_MAX + 1):
            self.fields[f"label_{number}"] = forms.CharField(
                label=f"項目{number}", max_length=60, required=False, initial=known.get(f"label_{number}")
            )
            self.fields[f"points_{number}"] = QuantityField(
                label=f"項目{number}の配点", required=False, initial=known.get(f"points_{number}")
            )
        wording.teach(self.fields)
        for name, field in self.fields.items():
            if name.startswith("label_"):
                field.validators = [*field.validators, clean_text]

    @property
    def term_fields(self) -> list[Any]:
        """The terms as bound fields, without the items."""
        return [self[name] for name in self.base_fields]

    @property
    def item_rows(self) -> list[tuple[Any, Any]]:
        """(label, points) as bound fields."""
        return [(self[f"label_{number}"], self[f"points_{number}"]) for number in range(1, ITEMS_MAX + 1)]

    def clean(self) -> None:
        values = self.cleaned_data
        for number in range(1, ITEMS_MAX + 1):
            label, points = values.get(f"label_{number}"), values.get(f"points_{number}")
            if bool(label) != bool(points) and not {f"label_{number}", f"points_{number}"} & set(self.errors):
                self.add_error(
                    f"points_{number}" if label else f"label_{number}", "項目と配点を、両方入れてください。"
                )
        limits = {"floor_percent": 100, "adopted_count": 20, "panel_min": 20, "reserve_days": 30}
        for name, most in limits.items():
            if values.get(name) is None or values[name] > most:
                self.add_error(
                    name, f"1から{most}までで入力してください。"
                ) if name not in self.errors else None
        if values.get("panel_min") and values["panel_min"] < PANEL_MIN:
            self.add_error("panel_min", f"審査委員は{PANEL_MIN}人以上です。")
        if "ceiling_yen" not in self.errors and not values.get("ceiling_yen"):
            self.add_error("ceiling_yen", "上限額を入力してください。")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = self.cleaned_data
        pairs = [(values[f"label_{n}"], values[f"points_{n}"]) for n in range(1, ITEMS_MAX + 1)]
        items = [Item(label=label, points=points) for label, points in pairs if label]
        return {"items": items, "terms": {name: values[name] for name in self.base_fields}}


class QuestionForm(OnceForm):
    """A question, named or not."""

    text = area(
        "質問", rows=5, most=1000, help_text="回答とあわせて公開されます。個人の情報は書かないでください。"
    )
    asker_name = forms.CharField(
        label="お名前・団体名",
        max_length=80,
        required=False,
        help_text="公開されません。書かなくても質問できます。",
    )
    email = forms.EmailField(
        label="メールアドレス",
        required=False,
        help_text="公開されません。書いておくと、回答が公開されたときにお知らせします。",
    )


class AnswerForm(AtForm):
    """The answer to one question."""

    answer = area("回答", rows=4, most=2000, help_text="質問とあわせて、すべての人に公開されます。")

    def __init__(self, *args: Any, question: CommissionQuestion, **kwargs: Any) -> None:
        self.name = f"answer{str(question.pk)[:8]}"  # type: ignore[misc]
        super().__init__(*args, at=question.get_answer_url(), **kwargs)


class VoidForm(AtForm):
    """Why a call is given up."""

    name = "void"
    note = area("取りやめる理由", rows=3, most=1000, help_text="公募のページに表示されます。")
