"""Forms of 間接補助: few boxes, one amount for each 費目."""

from typing import Any

from django import forms

from communities.models import Platform
from portal.kernel.fields import clean_text

from ..fields import YenField
from ..forms.examining import AtForm, NoteForm
from ..forms.typed import TypedForm
from ..models import Application, SubGrant, SubGrantWriter
from ..relief.forms import RequiredDay
from . import queries
from .enums import EXPENSE_ITEMS, INCOME_ITEMS, Item

AREA = {"rows": 4}


class StartSubForm(AtForm):
    """Whose file, and what it is about."""

    name = "start"
    platform = forms.ModelChoiceField(label="コミプラ", queryset=Platform.objects.none(), empty_label=None)
    title = forms.CharField(label="事業の名称", max_length=120, validators=[clean_text])

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        known = {"platform": application.platform_id, "title": application.title}
        super().__init__(*args, initial=known, **kwargs)
        rows = Platform.objects.filter(area=application.municipality_id).order_by("kana")
        self.fields["platform"].queryset = rows  # type: ignore[attr-defined]


class WriterForm(AtForm):
    """Who writes for the コミプラ."""

    name = "writer"
    email = forms.EmailField(
        label="コミプラの担当の方のメールアドレス", help_text="このポータルに登録した人だけが書けます。"
    )


class WriterChoice(forms.ModelChoiceField):
    """One of the people, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.user.name)


class EndWriterForm(AtForm):
    """Who writes for the コミプラ no longer."""

    name = "end_writer"
    writer = WriterChoice(
        label="外す人", queryset=SubGrantWriter.objects.none(), empty_label=None, widget=forms.RadioSelect,
        help_text="外した人は、この間接補助を見ることも書くこともできなくなります。",
    )  # fmt: skip

    def __init__(self, *args: Any, subgrant: SubGrant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["writer"].queryset = queries.writers(subgrant)  # type: ignore[attr-defined]


class ByItems(AtForm):
    """A budget or a 決算 by 費目."""

    column = ""

    def __init__(self, *args: Any, subgrant: SubGrant, **kwargs: Any) -> None:
        self.known = {line.item: getattr(line, self.column) for line in subgrant.lines.all()}
        super().__init__(*args, **kwargs)
        for item in Item:
            self.fields[f"yen_{item.value}"] = YenField(
                label=item.label, required=False, initial=self.known.get(item.value) or None
            )

    def income(self) -> list[Any]:
        """The boxes of the income, in order."""
        return [self[f"yen_{item.value}"] for item in INCOME_ITEMS]

    def expenses(self) -> list[Any]:
        """The boxes of the expenses, in order."""
        return [self[f"yen_{item.value}"] for item in EXPENSE_ITEMS]

    def cleaned_data_for_action(self) -> dict[str, Any]:
        found = super().cleaned_data_for_action()
        values = {name: value for name, value in found.items() if not name.startswith("yen_")}
        amounts = {item.value: self.cleaned_data.get(f"yen_{item.value}") or 0 for item in Item}
        return {**values, "amounts": amounts}


class WriteForm(ByItems, TypedForm):
    """The application of the コミプラ as far as it is written; of two who write at once the second sees both texts."""

    name = "write"
    column = "budget_yen"
    applicant_name = forms.CharField(
        label="代表者の職と氏名", max_length=80, required=False, help_text="例:会長 浜坂 花子", validators=[clean_text]
    )  # fmt: skip
    content = forms.CharField(
        label="すること", max_length=2000, required=False, widget=forms.Textarea(attrs=AREA),
        help_text="いつ、どこで、だれが、何をするかを書きます。",
    )  # fmt: skip
    asked_yen = YenField(label="市町村に申請する額", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def __init__(self, *args: Any, subgrant: SubGrant, **kwargs: Any) -> None:
        self.stored = subgrant
        kwargs["initial"] = self.stored_values() | {"revision": subgrant.revision}
        super().__init__(*args, subgrant=subgrant, **kwargs)

    def stored_values(self) -> dict[str, Any]:
        """What is stored, by field name; nothing is None or empty. One query unless the lines are there."""
        known: dict[str, Any] = {name: getattr(self.stored, name) for name in ("applicant_name", "content")}
        amounts = {f"yen_{line.item}": line.budget_yen or None for line in self.stored.lines.all()}
        return known | amounts | {"asked_yen": self.stored.asked_yen or None}

    def differences(self) -> list[tuple[str, str, str]]:
        """As of all of these forms; an amount is the same however it is written."""
        stored = self.stored_values()
        same = {
            str(box.label)
            for box in self.visible_fields()
            if (self.cleaned_data.get(box.name) or None) == (stored.get(box.name) or None)
        }
        return [row for row in super().differences() if row[0] not in same]

    def cleaned_data_for_action(self) -> dict[str, Any]:
        found = super().cleaned_data_for_action()
        return {**found, "asked_yen": found["asked_yen"] or 0}


class ReportForm(ByItems):
    """What was done, and the 決算."""

    name = "report"
    column = "actual_yen"
    outcome = forms.CharField(
        label="実施した内容と成果", max_length=2000, widget=forms.Textarea(attrs=AREA),
        help_text="したこと、参加した人数、よかったことを書きます。",
    )  # fmt: skip


class ReturnSubForm(NoteForm):
    """What is to be corrected, and until when."""

    name = "return"
    note = forms.CharField(
        label="直してほしいこと", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="コミプラの担当の方に、メールで届きます。",
    )  # fmt: skip
    correct_on = RequiredDay(
        label="補正の期限",
        help_text="申請は、この日の終わりまで受け付けます。実績報告は、過ぎても受け付けます。",
    )


def _number() -> forms.CharField:
    return forms.CharField(
        label="文書番号",
        max_length=60,
        required=False,
        validators=[clean_text],
        help_text="通知書に印刷します。",
    )


class SettleSubForm(AtForm):
    """The number of the letter; the amount is computed."""

    name = "settle"
    document_number = _number()


class AnswerNoteForm(NoteForm):
    """Why it is refused or revoked, and the number of the letter."""

    document_number = _number()


class DecideForm(AtForm):
    """How much is granted, in the municipality's own series of numbers."""

    name = "decide"
    decided_yen = YenField(label="交付決定額")
    document_number = forms.CharField(label="文書番号", max_length=60, validators=[clean_text])
    conditions = forms.CharField(
        label="交付の条件", max_length=1000, required=False, widget=forms.Textarea(attrs=AREA)
    )
