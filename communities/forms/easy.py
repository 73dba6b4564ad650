"""The one field of plain Japanese."""

from django import forms

from portal.kernel.forms import OnceForm


class EasyForm(OnceForm):
    """Plain Japanese, or nothing."""

    text = forms.CharField(
        label="やさしい日本語の文", max_length=1200, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=(
            "1つの文に1つのことを、30字くらいまでで書きます。「です・ます」で、むずかしい言葉を言いかえます。"
            "年は西暦、時間は「から・まで」で書きます。空にすると、消えます。"
        ),
    )  # fmt: skip
