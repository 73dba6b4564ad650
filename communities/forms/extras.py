"""What an event asks, as fields of a registration; mixed into the public form and the counter's."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import escape

from portal.kernel import clock

from ..calculations.extras import BANDS, LONGEST_ANSWER, Asked, Extras, Guardian, answer_of, parse_ages
from ..enums import QuestionKind
from ..fields import LineField, NumberField, PersonField, PhoneField
from ..models import EventQuestion
from .counter import ReceiveForm
from .events import RegisterForm

GUARDIAN = (
    "guardian_name",
    "guardian_phone",
    "guardian_participation",
    "guardian_emergency",
    "guardian_photo",
)
if TYPE_CHECKING:
    _Form = RegisterForm
else:
    _Form = object


class ExtrasMixin(_Form):
    """Adds the fields that `asked` calls for, and hands them to the action as `extras`."""

    def __init__(self, *args: Any, asked: Asked, minor: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.minor = asked, minor
        self.fields.update(self._made())
        for field in self.fields.values():
            if isinstance(field, NumberField) and "data-ui-unit" not in field.widget.attrs:
                field.widget.attrs["data-ui-unit"] = "人"

    def _made(self) -> dict[str, forms.Field]:
        made: dict[str, forms.Field] = {}
        if self.asked.children:
            for name, label in BANDS:
                made[name] = NumberField(label=label, min_value=0, max_value=19, required=False, initial=0)
        if self.asked.children or self.minor:
            made |= _guardian_fields()
        ask = self.asked.ask
        if ask is not None and self.asked.childcare_is_open(clock.now()):
            made["childcare_ages"] = LineField(
                label="託児を頼むお子さんの年齢", max_length=100, required=False,
                help_text=f"{ask.childcare_from_age}歳から{ask.childcare_to_age}歳まで。人数分を書きます。例:2歳、4歳。"
                "「参加する人数」には入れません。",
            )  # fmt: skip
        for question in self.asked.questions:
            made[question.field_name] = _question_field(question)
        return made

    def clean(self) -> None:
        super().clean()
        if self.asked.children:
            self._clean_bands()
        if self.minor or self._minors():
            self._clean_guardian()
        self._clean_childcare()
        for question in self.asked.questions:
            self._clean_answer(question)

    def _minors(self) -> int:
        return sum(self.cleaned_data.get(name) or 0 for name, _ in BANDS)

    def _clean_bands(self) -> None:
        size, minors = self.cleaned_data.get("party_size"), self._minors()
        small = minors - (self.cleaned_data.get("teen_count") or 0)
        if size and minors > size:
            self.add_error("infant_count", "18歳未満の人数が、参加する人数より多くなっています。")
        elif size and small == size:
            self.add_error(
                "primary_count",
                "13歳未満の方だけでは、申し込めません。おとなの方といっしょに申し込んでください。",
            )

    def _clean_guardian(self) -> None:
        words = {
            "guardian_name": "保護者の氏名を入力してください。", "guardian_phone": "保護者の電話番号を入力してください。",
            "guardian_participation": "参加に、保護者の同意がいります。",
            "guardian_emergency": "けがなどのときの応急手当に、保護者の同意がいります。",
        }  # fmt: skip
        for name, message in words.items():
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, message)

    def _clean_childcare(self) -> None:
        text = self.cleaned_data.get("childcare_ages")
        ask = self.asked.ask
        if not text or ask is None:
            return
        try:
            ages = parse_ages(text)
        except ValueError as problem:
            self.add_error("childcare_ages", str(problem))
            return
        if any(not ask.childcare_from_age <= age <= ask.childcare_to_age for age in ages):
            self.add_error(
                "childcare_ages", f"託児は、{ask.childcare_from_age}歳から{ask.childcare_to_age}歳までです。"
            )

    def _clean_answer(self, question: EventQuestion) -> None:
        if question.field_name in self.errors:
            return
        try:
            answer_of(question, self._given(question))
        except ValueError as problem:
            self.add_error(question.field_name, str(problem))

    def _given(self, question: EventQuestion) -> list[str]:
        value = self.cleaned_data.get(question.field_name)
        return [str(each) for each in value] if isinstance(value, list) else [str(value or "")]

    def extras(self) -> Extras:
        """What was asked, as the action takes it."""
        data, text = self.cleaned_data, self.cleaned_data.get("childcare_ages")
        teens, primary, infants = (data.get(name) or 0 for name, _ in BANDS)
        guardian = None
        if data.get("guardian_name"):
            guardian = Guardian(
                name=data["guardian_name"], phone=data["guardian_phone"], participation=data["guardian_participation"],
                emergency=data["guardian_emergency"], photo=data["guardian_photo"],
            )  # fmt: skip
        return Extras(
            answers={question.pk: self._given(question) for question in self.asked.questions},
            bands=(teens, primary, infants), guardian=guardian, childcare=parse_ages(text) if text else (),
        )  # fmt: skip

    def cleaned_data_for_action(self) -> dict[str, Any]:
        made = set(self._made())
        data = super().cleaned_data_for_action()
        return {**{name: value for name, value in data.items() if name not in made}, "extras": self.extras()}

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """(label, value) of what was filled in, for the confirmation page."""
        lines = [
            (row.wording, "、".join(value for value in self._given(row) if value))
            for row in self.asked.questions
        ]
        bands = [
            f"{label} {self.cleaned_data[name]}人" for name, label in BANDS if self.cleaned_data.get(name)
        ]
        lines.append(("うち18歳未満", "、".join(bands)))
        if name := self.cleaned_data.get("guardian_name"):
            photo = "写真に同意" if self.cleaned_data.get("guardian_photo") else "写真は載せない"
            lines.append(("保護者", f"{name}・参加と応急手当に同意・{photo}"))
        lines.append(("託児", self.cleaned_data.get("childcare_ages", "")))
        return [(label, value) for label, value in lines if value]

    def band_fields(self) -> list[Any]:
        return [self[name] for name, _ in BANDS if name in self.fields]

    def guardian_fields(self) -> list[Any]:
        return [self[name] for name in GUARDIAN if name in self.fields]

    def question_fields(self) -> list[Any]:
        return [self[question.field_name] for question in self.asked.questions]


def _guardian_fields() -> dict[str, forms.Field]:
    need = {"data-ui-need": "18歳未満の方がいるときは必須"}
    return {
        "guardian_name": PersonField(label="保護者の氏名", max_length=80, required=False, widget=forms.TextInput(attrs=need)),
        "guardian_phone": PhoneField(
            label="保護者の電話番号", max_length=20, required=False, widget=forms.TextInput(attrs={**need, "data-ui-size": "m"}),
            help_text="当日、すぐに連絡がつく番号です。",
        ),
        "guardian_participation": forms.BooleanField(label="この催しへの参加に同意します", required=False),
        "guardian_emergency": forms.BooleanField(label="けがや急病のときの応急手当に同意します", required=False),
        "guardian_photo": forms.BooleanField(
            label="活動の写真に写り、公開されることに同意します", required=False, help_text="同意しなくても参加できます。"
        ),
    }  # fmt: skip


def _question_field(question: EventQuestion) -> forms.Field:
    """Whether it must be answered is checked in `clean`, with words that name the question."""
    common: dict[str, Any] = {
        "label": question.wording,
        "help_text": escape(question.hint),
        "required": False,
    }
    need = {"data-ui-need": "必須"} if question.required else {}
    choices = [(option, option) for option in question.options]
    if question.kind == QuestionKind.CHOICE:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect(attrs=need), **common)
    if question.kind == QuestionKind.CHOICES:
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple(attrs=need), **common
        )
    if question.kind == QuestionKind.NUMBER:
        return LineField(
            max_length=12, widget=forms.TextInput(attrs={**need, "inputmode": "numeric", "data-ui-size": "s"}), **common
        )  # fmt: skip
    return forms.CharField(
        max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={**need, "rows": 2}), **common
    )


class EntryForm(ExtrasMixin, RegisterForm):
    """The public form of a registration."""


class ReceivePartyForm(ExtrasMixin, ReceiveForm):
    """The counter's form of a registration."""
