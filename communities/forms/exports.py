"""Forms of taking a list out."""

from typing import Any

from django import forms

from portal.kernel.export_models import ExportForm
from portal.kernel.exports import ExportKind
from portal.kernel.forms import OnceForm
from portal.kernel.renderer import Choice

from ..fields import LineField

FORMS = [
    (ExportForm.XLSX, Choice("Excel(.xlsx)", help="文字はそのまま入り、数式として動きません。")),
    (ExportForm.CSV, Choice("CSV(UTF-8)", help="ほかのシステムに読み込ませるとき。")),
    (
        ExportForm.CP932,
        Choice("CSV(Shift_JIS)", help="古いシステムのとき。Shift_JISにない文字(𠮷など)は「〓」になります。"),
    ),
]


class ExportAskForm(OnceForm):
    """What kind of file; for lists of people also what for."""

    form = forms.ChoiceField(
        label="ファイルの形", choices=FORMS, widget=forms.RadioSelect, initial=ExportForm.XLSX
    )
    purpose = LineField(
        label="使いみち", max_length=200, help_text="例:当日の受付の名簿として印刷する。だれが何のために書き出したかを、記録に残します。"
    )  # fmt: skip

    def __init__(self, *args: Any, kind: ExportKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not kind.asks_purpose:
            del self.fields["purpose"]
