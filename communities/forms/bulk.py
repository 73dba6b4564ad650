"""The form of a bulk action: which step, which rows, and for a letter its words."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from portal.kernel.forms import OnceForm

from ..actions.bulk import MOST
from ..fields import LineField
from ..models import BulkStep

ASK_SUBJECT = "活動のようすを教えてください"
ASK_TEXT = """いつも地域のためにありがとうございます。
最近の活動のようすを、世話人の画面から記録してください。
困っていることや、区に手伝ってほしいことがあれば、あわせてお知らせください。"""


class BulkForm(OnceForm):
    """`listed`: what the list shows, for 「全部」; `known`: what one may name by id, whatever has become of it since."""

    purpose = "bulk"
    step = forms.CharField(required=False, max_length=20)
    subject = LineField(label="件名", max_length=100, required=False)
    text = forms.CharField(
        label="本文", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="世話人一人ひとりに、同じ文で届きます。個人の名前や電話番号は書かないでください。",
    )  # fmt: skip

    def __init__(
        self, data: Any, *, listed: QuerySet[Any], known: QuerySet[Any], steps: list[str], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.listed, self.known, self.steps = listed, known, steps

    @property
    def is_letter(self) -> bool:
        return bool(self.data.get("step") == BulkStep.WRITE)

    @property
    def picks(self) -> list[str]:
        """The ids that were sent, well-formed ones only, in their order, each once."""
        sent = self.data.getlist("pick") if hasattr(self.data, "getlist") else []
        return list(dict.fromkeys(value for value in sent if is_id(value)))

    def suggest(self, **words: str) -> None:
        """Put words into fields that were left empty, for the confirmation page."""
        data = self.data.copy()
        data.update({name: text for name, text in words.items() if not data.get(name)})
        self.data = data

    def clean(self) -> None:
        """Rows by id, or all that the list shows, up to one more than the limit so that it can be said."""
        if self.cleaned_data.get("step") not in self.steps:
            raise ValidationError(
                "この一覧では、その手続きはできません。一覧にもどってください。", code="step"
            )
        everything = self.data.get("all") == "on"
        chosen = self.listed if everything else self.known.filter(pk__in=self.picks[: MOST + 1])
        self.chosen = list(chosen.order_by("pk")[: MOST if everything else MOST + 1])
        if len(self.picks) > MOST:
            self.add_error(None, ValidationError(f"一度にできるのは、{MOST}件までです。", code="many"))
        elif not self.chosen:
            self.add_error(
                None,
                ValidationError("まだ一つも選んでいません。一覧にもどって選んでください。", code="empty"),
            )
        if self.is_letter and self.data.get("preview") != "1":
            for name in ("subject", "text"):
                if not self.cleaned_data.get(name):
                    self.add_error(name, f"{self.fields[name].label}を入力してください。")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        letter = (
            {"subject": self.cleaned_data["subject"], "text": self.cleaned_data["text"]}
            if self.is_letter
            else {}
        )
        return {"step": self.cleaned_data["step"], "rows": self.chosen, **letter}


def is_id(value: str) -> bool:
    """Whether a value from the address is an id at all."""
    try:
        UUID(value)
    except ValueError:
        return False
    return True
