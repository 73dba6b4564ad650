"""状況報告 as a form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.kernel.forms import OnceForm

from ...enums.approving import Outlook
from ...fields import DayField, YenField


class StatusForm(OnceForm):
    """How the project stands on a day."""

    stood_on = DayField(label="いつの時点か", help_text="例:令和8年12月31日")
    outlook = forms.ChoiceField(
        label="見通し", choices=Outlook.choices, widget=forms.RadioSelect(attrs={"data-ui-row": True})
    )
    content = forms.CharField(
        label="進み具合", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="済んだこと、これからのこと、遅れているときはその理由を書きます。",
    )  # fmt: skip
    spent_yen = YenField(label="その日までに支出した額")
    own_number = forms.CharField(
        label="文書番号", max_length=40, required=False, help_text="市町村の発番。空でもかまいません。"
    )

    def clean_stood_on(self) -> Any:
        if self.cleaned_data["stood_on"] is None:
            raise ValidationError("いつの時点かを入力してください。")
        return self.cleaned_data["stood_on"]
