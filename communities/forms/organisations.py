"""Forms of organisations: putting one right, merging two."""

from typing import Any

from django import forms

from portal.kernel.forms import NoteForm, OnceForm
from portal.kernel.names import corporate_number_valid, search_key

from ..enums import OrganisationKind
from ..fields import LineField
from ..models import Organisation


class OrganisationForm(OnceForm):
    """Name, kind and 法人番号."""

    name = LineField(label="名前", max_length=120)
    kind = forms.ChoiceField(label="主体の区分", choices=OrganisationKind)
    corporate_number = forms.CharField(
        label="法人番号", required=False, max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric", "data-ui-size": "m"}),
        help_text="13けた。検査数字が合うかを確かめます。",
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        names = ("name", "kind", "corporate_number")
        super().__init__(*args, initial={name: getattr(organisation, name) for name in names}, **kwargs)

    def clean_corporate_number(self) -> str:
        number = "".join(char for char in search_key(self.cleaned_data["corporate_number"]) if char.isdigit())
        if self.cleaned_data["corporate_number"] and not corporate_number_valid(number):
            raise forms.ValidationError("法人番号は、検査数字の合う13けたの数字で入力してください。")
        return number


class MergeForm(NoteForm):
    """Why two are one."""

    note = forms.CharField(
        label="まとめる理由", max_length=400, widget=forms.Textarea(attrs={"rows": 3}), help_text="例:同じ高校の別の書き方。記録に残ります。"
    )  # fmt: skip
