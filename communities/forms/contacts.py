"""Forms of 対応記録."""

from datetime import date
from typing import Any

from django import forms

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.forms import OnceForm

from .. import queries
from ..fields import DayField, LineField
from ..models import Contact
from ..models.contacts import ContactChannel

HINT = (
    "事実と約束だけを書きます。人柄や考え方についての意見は書きません。本人の求めで開示することがあります。"
)


class ContactForm(OnceForm):
    """What was said. A promise is optional, and then has a day."""

    channel = forms.ChoiceField(
        label="手段", choices=ContactChannel.choices, initial=ContactChannel.PHONE,
        widget=forms.RadioSelect(attrs={"data-ui-row": "1"}),
    )  # fmt: skip
    text = forms.CharField(
        label="内容",
        max_length=2000,
        help_text=HINT,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
    )
    happened_on = DayField(label="あった日")
    promise = LineField(
        label="約束したこと", max_length=200, required=False, help_text="例:会場の鍵の借り方を調べて知らせる"
    )
    due_on = DayField(label="いつまでに", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today: date = clock.today_jst()
        self.initial.setdefault("happened_on", today)
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()


class HandOverForm(OnceForm):
    """Who keeps the promise from now on."""

    holder = forms.ModelChoiceField(
        label="引き継ぐ人", queryset=User.objects.none(), empty_label="選んでください"
    )

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = queries.possible_holders(contact).exclude(pk=contact.holder_id)
        self.fields["holder"].queryset = rows  # type: ignore[attr-defined]
