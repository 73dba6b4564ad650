"""Forms around a missed deadline."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.areas.models import Area
from portal.kernel import uploads

from ..fields import DayField
from ..forms.examining import AtForm
from .enums import AdmissionKind

SMALL = {"data-ui-size": "m"}
ROWS = {"rows": 3}
DAY_HELP = "例:令和8年12月10日、R8.12.10、2026-12-10"


class RequiredDay(DayField):
    """A day that must be typed."""

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found is None:
            raise ValidationError(f"{self.label}を入力してください。", code="required")
        return found


class ExtendCallForm(AtForm):
    """The new deadline of a call, and why."""

    name = "extend"
    closes_on = RequiredDay(label="新しい締切の日", help_text=DAY_HELP)
    closes_time = forms.TimeField(
        label="締切の時刻", required=False, widget=forms.TextInput(attrs={"data-ui-size": "s"}),
        help_text="例:17:00。空なら、その日の終わりまで。",
    )  # fmt: skip
    reason = forms.CharField(
        label="延ばす理由", max_length=500, widget=forms.Textarea(attrs=ROWS),
        help_text="募集のページに公告として出し、すべての市町村にメールで知らせます。",
    )  # fmt: skip


class AskForm(AtForm):
    """Why the file comes late."""

    name = "late"
    reason = forms.CharField(
        label="締切までに提出できなかった事情", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="何がいつ起きたかを書いてください。担当の振興局・支庁に届きます。",
    )  # fmt: skip


class AdmitForm(AtForm):
    """What the office decides of a wish."""

    name = "admit"
    reason = forms.CharField(
        label="受理する理由",
        max_length=1000,
        widget=forms.Textarea(attrs=ROWS),
        help_text="市町村に表示されます。",
    )
    received_on = RequiredDay(label="収受日", help_text=DAY_HELP)
    received_number = forms.CharField(
        label="収受番号", max_length=40, required=False, widget=forms.TextInput(attrs=SMALL)
    )
    due_on = RequiredDay(label="提出の期限", help_text="この日の24時までに、内容を提出してもらいます。")


class DeclineForm(AtForm):
    """Why not."""

    name = "decline"
    reason = forms.CharField(
        label="受理しない理由", max_length=1000, widget=forms.Textarea(attrs=ROWS),
        help_text="市町村に表示されます。",
    )  # fmt: skip


class AdmitTownForm(AdmitForm):
    """A file that came late or on paper without being asked for here."""

    name = "town"
    kind = forms.ChoiceField(label="届き方", choices=AdmissionKind.choices, widget=forms.RadioSelect)
    municipality = forms.ModelChoiceField(
        label="市町村", queryset=Area.objects.none(), empty_label="選んでください"
    )
    paper = uploads.UploadField(
        label="紙の申請書の写し", accept=(uploads.PDF,), required=False,
        help_text="紙で受け取ったときは、収受印のある申請書を読み取ったPDFを付けます。",
    )  # fmt: skip
    field_order = ("kind", "municipality", "received_on", "received_number", "reason", "due_on", "paper")

    def __init__(self, *args: Any, towns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["municipality"]
        field.queryset = towns
