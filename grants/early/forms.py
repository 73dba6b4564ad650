"""Forms of 事前着手届."""

from typing import Any

from django import forms

from portal.kernel import clock

from ..forms.examining import AtForm, NoteForm
from ..relief.forms import RequiredDay


class FileEarlyForm(AtForm):
    """When the project begins, and why it cannot wait."""

    name = "early"
    starts_on = RequiredDay(label="着手する日", help_text="今日からの日です。")
    reason = forms.CharField(
        label="決定の前に着手する理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    own_number = forms.CharField(
        label="文書番号", max_length=40, required=False, help_text="市町村の発番。空でもかまいません。"
    )


class AcceptEarlyForm(AtForm):
    """The day of 受理, of the 届 that was read."""

    name = "accept"
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30_000)
    answered_on = RequiredDay(label="受理する日")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("answered_on", clock.today_jst())


class RefuseEarlyForm(NoteForm):
    """Why it is not accepted, and the day."""

    name = "refuse"
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30_000)
    answered_on = RequiredDay(label="不受理とする日")
    note = forms.CharField(
        label="受理しない理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="市町村にメールで届きます。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("answered_on", clock.today_jst())
