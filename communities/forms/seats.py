"""Forms of a party that holds or waits for seats."""

from typing import Any

from django import forms

from portal.kernel.forms import OnceForm

from ..fields import NumberField
from ..models import Registration


class PartyForm(OnceForm):
    """Come with fewer people: how many, and which of the named companions still come."""

    party_size = NumberField(label="参加する人数", min_value=1, help_text="本人を含めた人数です。")
    companions = forms.MultipleChoiceField(
        label="いっしょに来る方", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="来られなくなった方の印を外します。",
    )  # fmt: skip

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = list(registration.party_names)
        self.fields["party_size"].widget.attrs["data-ui-unit"] = "人"
        self.initial.setdefault("party_size", registration.party_size)
        if self.names:
            choices = [(str(number), name) for number, name in enumerate(self.names)]
            self.fields["companions"].choices = choices  # type: ignore[attr-defined]
            self.initial.setdefault("companions", [number for number, _ in choices])
        else:
            del self.fields["companions"]

    def clean(self) -> None:
        size, kept = self.cleaned_data.get("party_size"), self.cleaned_data.get("companions", [])
        if size and len(kept) >= size:
            self.add_error("companions", "印のある方が、参加する人数より多くなっています。")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        kept = [self.names[int(number)] for number in self.cleaned_data.get("companions", [])]
        return {"party_size": self.cleaned_data["party_size"], "party_names": kept}
