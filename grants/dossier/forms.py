"""Forms of 黒塗り."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ..fields import QuantityField
from ..forms.examining import AtForm
from .enums import COMPLETE, Ground, MarkKind
from .fields import FIELDS

SMALL = {"data-ui-size": "s"}


class StartForm(AtForm):
    """For which 開示請求."""

    name = "start"
    request_label = forms.CharField(label="開示請求", max_length=80, help_text="例:令和8年度 情公第12号")


class MarkForm(AtForm):
    """What every mark says: the legal reason."""

    kind = ""
    ground = forms.ChoiceField(label="理由", choices=Ground.choices)
    article = forms.CharField(
        label="根拠の条項",
        max_length=80,
        help_text="例:情報公開条例第7条第1号",
        widget=forms.TextInput(attrs={"data-ui-size": "m"}),
    )

    def cleaned_data_for_action(self) -> dict[str, Any]:
        return super().cleaned_data_for_action() | {"kind": self.kind}


class TermForm(MarkForm):
    """A term, wherever it stands."""

    name = "term"
    kind = MarkKind.TERM
    term = forms.CharField(label="語", max_length=100, help_text="空白と、全角・半角のちがいは問いません。")
    field_order = ("term", "ground", "article")


class FieldForm(MarkForm):
    """What stands under an entry of the file."""

    name = "field"
    kind = MarkKind.TERM
    field = forms.ChoiceField(
        label="申請の項目", choices=[(key, label) for key, (label, _) in FIELDS.items()]
    )
    field_order = ("field", "ground", "article")


class PagesForm(MarkForm):
    """Whole pages."""

    name = "pages"
    kind = MarkKind.PAGE
    page = QuantityField(label="ページ(から)")
    last_page = QuantityField(label="ページ(まで)", required=False, help_text="空なら、そのページだけ。")
    field_order = ("page", "last_page", "ground", "article")

    def clean(self) -> None:
        first, last = self.cleaned_data.get("page"), self.cleaned_data.get("last_page")
        if first is None and "page" not in self.errors:
            self.add_error("page", "ページを入力してください。")
        if first and last and last < first:
            self.add_error("last_page", "「から」より後のページにしてください。")
        if first and not last:
            self.cleaned_data["last_page"] = first


class PercentField(forms.DecimalField):
    """A place on a page in percent, as per mille."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0, max_value=100, decimal_places=1, max_digits=4,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "data-ui-num": "1", "data-ui-unit": "%", **SMALL}), **kwargs,
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return None if found is None else int(found * COMPLETE / 100)


class RegionForm(MarkForm):
    """A place on one page, read from the grid of its picture."""

    name = "region"
    kind = MarkKind.REGION
    page = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    left = PercentField(label="左の端")
    top = PercentField(label="上の端")
    right = PercentField(label="右の端")
    bottom = PercentField(label="下の端")
    field_order = ("page", "left", "top", "right", "bottom", "ground", "article")

    def clean(self) -> None:
        values = self.cleaned_data
        for first, last in (("left", "right"), ("top", "bottom")):
            if first in values and last in values and values[last] <= values[first]:
                self.add_error(
                    last, ValidationError("左の端・上の端より、大きい値にしてください。", code="order")
                )
