"""The answers of the guide as they stand in the address: all may be missing, what is there must be one of the choices."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from portal.kernel import wording

from ..fields import YenField
from ..guide import STAGE, WANT, WHO, Answers, Moment, Purse, Question

FIELDS: dict[str, tuple[str, ...]] = {
    Question.WHO: ("who",),
    Question.WANT: ("want",),
    Question.STAGE: ("stage",),
    Question.MONEY: ("purse", "cost"),
    Question.WHEN: ("moment", "students"),
}
OPTIONAL = {"cost"}
YES_NO = [("yes", "はい"), ("no", "いいえ")]


class GuideForm(forms.Form):
    """Five questions. `current` is the one to ask now, None when all are answered."""

    who = forms.ChoiceField(label=Question.WHO.label, choices=WHO)
    want = forms.ChoiceField(label=Question.WANT.label, choices=WANT)
    stage = forms.ChoiceField(label=Question.STAGE.label, choices=STAGE)
    purse = forms.ChoiceField(label="県が負担しない分", choices=Purse.choices, widget=forms.RadioSelect)
    cost = YenField(
        label="全部でかかる費用のめやす",
        required=False,
        help_text="わからないときは、空のままで進めます。例:1,500,000",
    )
    moment = forms.ChoiceField(label="時期", choices=Moment.choices, widget=forms.RadioSelect)
    students = forms.ChoiceField(
        label="学生サポーターに、手伝ってほしいですか", choices=YES_NO, widget=forms.RadioSelect
    )

    def __init__(self, sent: QueryDict, **kwargs: Any) -> None:
        known = {name: sent[name] for names in FIELDS.values() for name in names if name in sent}
        super().__init__(known, **kwargs)
        wording.teach(self.fields)
        self.asked_again = sent.get("ask", "")
        self.is_valid()
        self._hush()

    def _hush(self) -> None:
        """A question that nobody has answered yet is no error. One that was sent half-answered is."""
        for names in FIELDS.values():
            if not any(name in self.data for name in names):
                for name in names:
                    self.errors.pop(name, None)

    @property
    def current(self) -> Question | None:
        if self.asked_again in Question.values:
            return Question(self.asked_again)
        return next((question for question in Question if not self._is_answered(question)), None)

    @property
    def is_wrong(self) -> bool:
        return bool(self.errors)

    def _is_answered(self, question: Question) -> bool:
        return all(
            name in self.cleaned_data and (name in OPTIONAL or self.cleaned_data[name])
            for name in FIELDS[question]
        )

    @property
    def answers(self) -> Answers:
        """What was answered. Raises KeyError while `current` is not None."""
        given = self.cleaned_data
        return Answers(
            who=given["who"],
            want=given["want"],
            stage=given["stage"],
            purse=given["purse"],
            cost_yen=given["cost"],
            moment=given["moment"],
            students=given["students"] == "yes",
        )

    def given(self, *, without: str = "") -> list[tuple[str, str]]:
        """The good answers so far as (name, value) pairs of the address, without those to one question."""
        return [
            (name, self.data[name])
            for question, names in FIELDS.items()
            if question != without
            for name in names
            if self.data.get(name) and name not in self.errors
        ]

    def address(self, path: str, *more: tuple[str, str], without: str = "") -> str:
        """The address that says everything answered so far, and `more`."""
        return f"{path}?{urlencode([*self.given(without=without), *more])}"

    def shown(self, name: str) -> str:
        """The answer to a field in words; empty when there is none."""
        value = self.data.get(name, "")
        if not value or name in self.errors:
            return ""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices)[value])
        return f"{field.prepare_value(self.cleaned_data[name])}円"
