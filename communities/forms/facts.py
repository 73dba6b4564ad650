"""Forms of what a community says about itself, of its rest, and of the city's part."""

from typing import Any
from urllib.parse import urlsplit

from django import forms

from portal.kernel import clock
from portal.kernel.forms import OnceForm
from portal.kernel.uploads import PDF, UploadField

from ..fields import DayField, NumberField
from ..models import CityRole, CommunityFacts
from ..models.facts import AGE_BANDS, CityPart

MOST_LINKS = 5


class FactsForm(OnceForm):
    """会則, links, age bands."""

    charter = UploadField(label="会則", accept=(PDF,), required=False)
    charter_on = DayField(label="会則の日付", required=False, help_text="決めた日か、最後に直した日。")
    links = forms.CharField(
        label="リンク", required=False, max_length=1600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"コミュニティのSNSやサイト。1行に一つ、{MOST_LINKS}つまで。例:https://example.jp/",
    )  # fmt: skip
    under_35 = NumberField(label="35歳以下の人数", required=False, min_value=0, max_value=100_000)
    counted_on = DayField(label="数えた日", required=False)

    def __init__(self, *args: Any, facts: CommunityFacts | None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {}
        if facts is not None:
            initial = {
                name: getattr(facts, name) for name in ("charter", "charter_on", "under_35", "counted_on")
            }
            initial["links"] = "\n".join(facts.links)
            initial |= {f"age_{number}": count for number, count in enumerate(facts.age_counts)}
        super().__init__(*args, initial=initial, **kwargs)
        for number, label in enumerate(AGE_BANDS):
            field = NumberField(label=label, required=False, min_value=0, max_value=100_000)
            field.widget.attrs["data-ui-unit"] = "人"
            self.fields[f"age_{number}"] = field
        self.fields["under_35"].widget.attrs["data-ui-unit"] = "人"

    @property
    def ages(self) -> list[forms.BoundField]:
        """The seven boxes, in their order."""
        return [self[f"age_{number}"] for number in range(len(AGE_BANDS))]

    def clean_links(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        if len(lines) > MOST_LINKS:
            raise forms.ValidationError(f"リンクは、{MOST_LINKS}つまでです。")
        for line in lines:
            parts = urlsplit(line)
            if parts.scheme != "https" or "." not in (parts.hostname or "") or len(line) > 300:
                raise forms.ValidationError(
                    "リンクは、https:// で始まるアドレスを1行に一つずつ入力してください。"
                )
        return lines

    def clean_counted_on(self) -> Any:
        day = self.cleaned_data["counted_on"]
        if day and day > clock.today_jst():
            raise forms.ValidationError("数えた日は、今日までにしてください。")
        return day

    def clean(self) -> None:
        data = self.cleaned_data
        counts = [data.get(f"age_{number}") for number in range(len(AGE_BANDS))]
        given = any(count is not None for count in counts) or data.get("under_35") is not None
        if given and not data.get("counted_on") and "counted_on" not in self.errors:
            self.add_error("counted_on", "人数を入力したときは、数えた日も入力してください。")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        data = super().cleaned_data_for_action()
        counts = [data.pop(f"age_{number}") for number in range(len(AGE_BANDS))]
        known = any(count is not None for count in counts)
        return {**data, "age_counts": [count or 0 for count in counts] if known else []}


class RestForm(OnceForm):
    """Resting or waking; what is said about it stands on the page."""

    note = forms.CharField(
        label="お知らせ", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="コミュニティのページに載ります。例:冬のあいだ休みます。春に再開します。",
    )  # fmt: skip

    def __init__(self, *args: Any, step: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step != "rest" and not self.is_bound:
            del self.fields["note"]


class CityRoleForm(OnceForm):
    """Which part the city takes, from which day."""

    role = forms.ChoiceField(
        label="市の役割", choices=CityPart, widget=forms.RadioSelect(attrs={"data-ui-row": "1"})
    )
    since_on = DayField(label="この日から")
    note = forms.CharField(
        label="役割の中身", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="コミュニティのページに載ります。前の役割にもどすときは必須です。",
    )  # fmt: skip

    def __init__(self, *args: Any, last: CityRole | None, **kwargs: Any) -> None:
        initial = {"since_on": clock.today_jst(), "role": last.role if last else CityPart.LEADING}
        super().__init__(*args, initial=initial, **kwargs)
