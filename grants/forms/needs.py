"""The forms of 要望調査 and 内示."""

from typing import Any

from django import forms

from portal.kernel import wording
from portal.kernel.fields import clean_text
from portal.kernel.forms import OnceForm

from ..actions.needs import Wanted
from ..enums import NEEDS_MAX, Keeping
from ..fields import DayField, YenField
from ..models import Menu, NeedsAnswer


class AskForm(OnceForm):
    """Until when, and what to say."""

    due_on = DayField(label="回答の期限", help_text="例:令和8年12月18日、R8.12.18、2026-12-18")
    text = forms.CharField(
        label="照会の文", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class NeedsForm(OnceForm):
    """The planned projects, the most urgent first. `typed` are the rows to show."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    no_needs = forms.BooleanField(label="要望なし", required=False)
    note = forms.CharField(
        label="補足", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, answer: NeedsAnswer, **kwargs: Any) -> None:
        known = {"revision": answer.revision, "no_needs": answer.no_needs, "note": answer.note}
        for item in answer.items.all():
            known |= {f"title_{item.priority}": item.title, f"amount_{item.priority}": item.amount_yen}
        super().__init__(*args, initial=known, **kwargs)
        self.initial |= known
        for number in range(1, NEEDS_MAX + 1):
            title = forms.CharField(label=f"優先順位{number} 予定する事業", max_length=120, required=False)
            self.fields[f"title_{number}"] = title
            self.fields[f"amount_{number}"] = YenField(label=f"優先順位{number} 要望額", required=False)
        self._teach()

    def _teach(self) -> None:
        """The added fields get the sentences and checks that every field has."""
        wording.teach(self.fields)
        for name, field in self.fields.items():
            if name.startswith("title_"):
                field.validators = [*field.validators, clean_text]

    @property
    def rows(self) -> list[tuple[int, Any, Any]]:
        """(priority, title, amount) as bound fields."""
        return [
            (number, self[f"title_{number}"], self[f"amount_{number}"]) for number in range(1, NEEDS_MAX + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """A project has a title and an amount; an empty row is no project, and the rows after it move up."""
        values = super().clean() or self.cleaned_data
        for number in range(1, NEEDS_MAX + 1):
            title, amount = values.get(f"title_{number}", ""), values.get(f"amount_{number}")
            if title and not amount and f"amount_{number}" not in self.errors:
                self.add_error(f"amount_{number}", "要望額を、1円から入れてください。")
            if amount and not title and f"title_{number}" not in self.errors:
                self.add_error(f"title_{number}", "予定する事業を入れてください。")
        return values

    def cleaned_data_for_action(self) -> dict[str, Any]:
        """The rows in order, without the empty ones."""
        values = self.cleaned_data
        pairs = [
            (values[f"title_{number}"], values[f"amount_{number}"]) for number in range(1, NEEDS_MAX + 1)
        ]
        items = [Wanted(title=title, amount_yen=amount) for title, amount in pairs if title]
        return {
            "items": items,
            "revision": values["revision"],
            "no_needs": values["no_needs"],
            "note": values["note"],
        }


class NoticeForm(OnceForm):
    """The 内示 of one municipality."""

    notice_yen = YenField(label="内示額", help_text="内示をしないときは、0を入れます。")
    document_number = forms.CharField(
        label="文書番号", max_length=60, validators=[clean_text], help_text="例:地共第123号",
        widget=forms.TextInput(attrs={"data-ui-size": "m"}),
    )  # fmt: skip
    notice_note = forms.CharField(
        label="添え書き", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="市町村に、メールと画面で伝わります。",
    )  # fmt: skip

    def __init__(self, *args: Any, menu: Menu, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if menu.numbering != Keeping.EXTERNAL:
            del self.fields["document_number"]


class AgreeForm(OnceForm):
    """That a municipality may apply for more than its 内示. Stands beside nothing else, at an address of its own."""

    agreed_yen = YenField(
        label="申請できる額の合計", help_text="この市町村の、このメニューの申請をすべて合わせた額です。"
    )
    agreed_note = forms.CharField(
        label="同意の理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="市町村に、メールと画面で伝わります。",
    )  # fmt: skip

    def __init__(self, *args: Any, at: str, **kwargs: Any) -> None:
        self.at = at
        super().__init__(*args, auto_id="agree_%s", **kwargs)

    def _purpose(self) -> str:
        return f"{type(self).__name__}:{self.at}"


class ReturnForm(OnceForm):
    """Why the answer goes back. Stands beside another form and acts at an address of its own, `at`, where its key counts."""

    note = forms.CharField(
        label="直してほしいこと", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, at: str, **kwargs: Any) -> None:
        self.at = at
        super().__init__(*args, auto_id="back_%s", **kwargs)

    def _purpose(self) -> str:
        return f"{type(self).__name__}:{self.at}"
