"""Form fields of people and meetings: forgiving about width and kana, strict about what is kept."""

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.kernel.fields import clean_text, single_line
from portal.kernel.fiscal import parse_date
from portal.kernel.names import clean_email, clean_kana, clean_name, clean_phone, is_kana

# No page can show a moment that neither 和暦 nor the database's driver knows; one such row would take its lists along.
FIRST_YEAR, LAST_YEAR = 2000, 2100


class LineField(forms.CharField):
    """One line of people's text, its spaces and half-width kana tidied, kanji never touched."""

    default_validators = [single_line]

    def to_python(self, value: Any) -> Any:
        return clean_name(super().to_python(value))


def no_address(value: str) -> None:
    """A name of a person is no address of a page: names go out in mails under the government's sender."""
    if "://" in value or "www." in value.casefold():
        raise ValidationError("氏名に、ページのアドレスは書けません。", code="address")


class PersonField(LineField):
    """The name of a person."""

    default_validators = [*LineField.default_validators, no_address]


class KanaField(LineField):
    """A reading in 全角カナ; hiragana and half-width kana are accepted and turned."""

    def to_python(self, value: Any) -> Any:
        return clean_kana(super().to_python(value))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not is_kana(value):
            raise ValidationError(
                f"{self.label}は、カタカナで入力してください。例:タイトルミテイ", code="kana"
            )


class NameKanaField(KanaField):
    """A reading of a name of a group: letters and digits may stand in it (ニシカンミライBASE)."""

    def validate(self, value: Any) -> None:
        forms.CharField.validate(self, value)
        if value and not any("ァ" <= char <= "ヺ" for char in value) and not value.isascii():
            raise ValidationError(
                f"{self.label}は、カタカナで入力してください。例:ニシカンミライBASE", code="kana"
            )


class _CleanedField(forms.CharField):
    """A text that one of the kernel's cleaners reads; what it says is the error."""

    cleaner: Callable[[str], str]

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return text
        try:
            return type(self).cleaner(text)
        except ValueError as problem:
            raise ValidationError(str(problem), code="invalid") from None


class MailField(_CleanedField):
    """A mail address, half-width and in lower case."""

    widget = forms.EmailInput
    cleaner = staticmethod(clean_email)


class PhoneField(_CleanedField):
    """A telephone number with hyphens."""

    widget = forms.TextInput
    cleaner = staticmethod(clean_phone)


class NumberField(forms.IntegerField):
    """A whole number, full-width digits, commas and a unit allowed (「１５０人」)."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = (
                unicodedata.normalize("NFKC", value)
                .replace(",", "")
                .strip()
                .removesuffix("人")
                .removesuffix("円")
            )
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off", "data-ui-num": "1", "data-ui-size": "s"}


class MomentField(forms.DateTimeField):
    """A moment in JST, `YYYY-MM-DDTHH:MM`."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "data-ui-size": "m"}
        )
        super().__init__(widget=widget, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValidationError(
                f"{self.label}は、{FIRST_YEAR}年から{LAST_YEAR}年までの日時で入力してください。", code="year"
            )


class DayField(forms.DateField):
    """A day; 和暦 is understood where the browser lets people type."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "data-ui-size": "m"})
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        if not value or isinstance(value, date):
            return super().to_python(value)
        try:
            return parse_date(str(value))
        except ValueError as problem:
            raise ValidationError(str(problem), code="invalid") from None


class RepeatedInput(forms.Widget):
    """Several values sent under one name."""

    template_name = "communities/_repeated.html"

    def format_value(self, value: Any) -> list[str]:  # type: ignore[override]
        return [str(each) for each in value or []]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """One input each: the field's label is that of the first, the others say their number."""
        context = super().get_context(name, value, attrs)
        own = {"class": "input", **context["widget"]["attrs"]}
        context["widget"]["inputs"] = rows = []
        for number, each in enumerate(context["widget"]["value"], 1):
            more = {"id": f"{own['id']}_{number}"} if number > 1 and "id" in own else {}
            said = {"aria-label": f"{number}人目"} if number > 1 else {}
            rows.append({"value": each, "attrs": {**own, **more, **said}})
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return data.getlist(name) if hasattr(data, "getlist") else list(data.get(name) or [])

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class NamesField(forms.Field):
    """Names of people, one value each; empty ones fall away. `most` names at most."""

    widget = RepeatedInput

    def __init__(self, *, most: int, max_length: int = 80, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.most, self.max_length = most, max_length

    def to_python(self, value: Any) -> list[str]:
        names = [clean_name(str(each)) for each in value or []]
        return [name for name in names if name]

    def run_validators(self, value: list[str]) -> None:
        if len(value) > self.most:
            raise ValidationError(f"{self.label}は、{self.most}人までです。", code="too_many")
        for name in value:
            clean_text(name)
            single_line(name)
            no_address(name)
            if len(name) > self.max_length:
                raise ValidationError(f"{self.label}は、一人{self.max_length}字までです。", code="max_length")
