"""Forms of the counter: the two readers of needs, a party typed in for others, the door."""

from typing import Any
from uuid import UUID

from django import forms

from portal.accounts.models import User
from portal.kernel.forms import OnceForm

from ..actions.counter import NO_CONTACT
from ..enums import PARTY_LIMIT, Channel
from ..fields import LineField, NamesField, NumberField
from ..models import Registration
from .events import RegisterForm


class ReaderForm(OnceForm):
    """Two people, of those who may be named; the second may stay open."""

    officer = forms.ModelChoiceField(
        label="1人目", queryset=User.objects.none(), empty_label="選んでください"
    )
    deputy = forms.ModelChoiceField(
        label="2人目", queryset=User.objects.none(), required=False, empty_label="決めない",
        help_text="1人目が休みのときにも読めるように、もう1人決めておくと安心です。",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("officer", "deputy"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["data-ui-size"] = "m"
            self.fields[name].label_from_instance = lambda user: user.name  # type: ignore[attr-defined]

    def clean(self) -> None:
        officer, deputy = self.cleaned_data.get("officer"), self.cleaned_data.get("deputy")
        if officer and officer == deputy:
            self.add_error("deputy", "2人目は、1人目と別の方にしてください。")


PARTY_STEPS = ("come", "absent", "back", "accept", "decline")


class NameLines(forms.Textarea):
    """Names, one a line; several fields of one name count as lines too."""

    def format_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else str(value or "")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:  # type: ignore[override]
        sent = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
        return [line for text in sent for line in text.splitlines()]


class ReceiveForm(RegisterForm):
    """A household typed in at the counter, on the telephone, or from paper; nobody needs a mail address."""

    party_names = NamesField(
        label="お連れの方の氏名", most=PARTY_LIMIT - 1, widget=NameLines(attrs={"rows": 3}),
        help_text="1行に一人ずつ。分からないときは空のままにします。",
    )  # fmt: skip

    channel = forms.ChoiceField(
        label="受け付けた方法", choices=Channel, initial=Channel.COUNTER, widget=forms.RadioSelect(attrs={"data-ui-row": "1"})
    )  # fmt: skip
    another = forms.BooleanField(label="同じ氏名の、別の方です", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["email"].help_text = "ない方は、空のままにします。電話で知らせます。"
        self.fields["phone"].widget.attrs["data-ui-need"] = "どちらかは必須"
        self.fields["email"].widget.attrs["data-ui-need"] = "どちらかは必須"
        self.fields["party_size"].help_text = "世帯やグループは、まとめて1組にします。"
        self.fields[
            "needs"
        ].help_text = "手話通訳、車いすで使える席など。受け付けたあとは、決められた担当者だけが読みます。"
        self.fields["consent"].label = "上の利用目的を伝え、同意をもらいました"

    def clean(self) -> None:
        super().clean()
        data = self.cleaned_data
        if data.get("channel") == Channel.DOOR or data.get("email") or data.get("phone"):
            return
        if not {"email", "phone"} & set(self.errors):
            self.add_error("phone", NO_CONTACT)

    def _within_limits(self) -> bool:
        """Staff type in what lies before them; the limits are for strangers."""
        return True


class CallForm(OnceForm):
    """One button for each party that somebody has called."""

    call = forms.CharField(max_length=36, widget=forms.HiddenInput)

    def clean_call(self) -> UUID:
        try:
            return UUID(self.cleaned_data["call"])
        except ValueError:
            raise forms.ValidationError("もう一度ボタンを押してください。", code="call") from None


class CodeForm(OnceForm):
    """The number on a slip, or the code that a telephone read from it."""

    code = LineField(
        label="受付番号かQRコード", max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "data-ui-size": "m", "inputmode": "numeric"}),
        help_text="受付票にある番号です。例:12",
    )  # fmt: skip


class PartyStepForm(OnceForm):
    """The buttons of one party at the counter: come, absent, back."""

    people = NumberField(label="来た人数", required=False, min_value=1)

    def __init__(self, *args: Any, party: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].initial = party.party_size
        self.fields["people"].widget.attrs["data-ui-unit"] = "人"

    def clean(self) -> None:
        if self.data.get("step") not in PARTY_STEPS:
            raise forms.ValidationError(
                "どのボタンが押されたか分かりませんでした。もう一度押してください。", code="step"
            )

    def cleaned_data_for_action(self) -> dict[str, Any]:
        return {"step": self.data["step"], "people": self.cleaned_data.get("people")}
