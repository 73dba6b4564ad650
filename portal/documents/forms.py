"""Forms: comparing a file with an issued document (writes nothing), looking one up, declaring one void."""

import hashlib
from typing import Any

from django import forms

from portal.kernel.fields import clean_text
from portal.kernel.forms import NoteForm

COMPARE_MAX_BYTES = 20 * 1024 * 1024


class CompareForm(forms.Form):
    """A file whose SHA-256 is worked out here and forgotten. `digest()` after `is_valid()`."""

    file = forms.FileField(
        label="手もとのファイル",
        help_text="PDF、20MBまで。ファイルは保存しません。",
        error_messages={
            "required": "くらべるPDFファイルを選んでください。",
            "empty": "ファイルが空です。別のファイルを選んでください。",
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > COMPARE_MAX_BYTES:
            raise forms.ValidationError(
                "ファイルが大きすぎます。20MBまでのPDFファイルを選んでください。", code="size"
            )
        return file

    def digest(self) -> str:
        """SHA-256 of the chosen file, in hexadecimal."""
        sha = hashlib.sha256()
        for chunk in self.cleaned_data["file"].chunks():
            sha.update(chunk)
        return sha.hexdigest()


class LookupForm(forms.Form):
    """A 確認番号 typed from paper."""

    number = forms.CharField(
        label="確認番号",
        max_length=40,
        validators=[clean_text],
        help_text="文書の下にある番号です。例:R8-KC-0042-7F3A",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "data-ui-size": "m"}
        ),
        error_messages={"required": "確認番号を入力してください。例:R8-KC-0042-7F3A"},
    )


class VoidForm(NoteForm):
    """Declares a document void; the reason is kept with it."""

    note = forms.CharField(
        label="無効にする理由",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="この文書を見られる人に表示されます。個人の事情は書かないでください。",
        error_messages={"required": "無効にする理由を入力してください。"},
    )
