"""The one field of a message."""

from django import forms

from portal.kernel.forms import OnceForm


class LetterForm(OnceForm):
    """A message through the portal."""

    text = forms.CharField(
        label="メッセージ", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="2,000字まで。リンクは1つまで書けます。",
    )  # fmt: skip
