"""The part of an event's form beside when and how many, and the forms of a change of its date."""

import re
from datetime import date
from typing import Any

from django import forms

from portal.kernel import uploads
from portal.kernel.fiscal import parse_date
from portal.kernel.forms import OnceForm
from portal.kernel.uploads import UploadField

from ..enums.events import ROUTE_STEPS, SERIES_AT_MOST, SERIES_WEEKS, AgeGroup, EventFormat, SeriesKind
from ..fields import DayField, LineField, MomentField, NumberField
from ..models import Theme

HTTPS = "{}は、https:// で始まるアドレスで入力してください。"


class AddressField(forms.URLField):
    """The address of a page elsewhere: https only, since people are sent there."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", max_length=500, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        url = super().clean(value)
        if url and not url.lower().startswith("https://"):
            raise forms.ValidationError(HTTPS.format(self.label), code="scheme")
        return url


class DetailsForm(OnceForm):
    """Where one takes part, for whom, what to know before, and how long the page is shown."""

    format = forms.ChoiceField(
        label="開催のしかた", choices=EventFormat, initial=EventFormat.ONSITE, required=False,
        widget=forms.RadioSelect(attrs={"data-ui-row": "1", "data-ui-need": "どれか一つ"}),
    )  # fmt: skip
    online_url = AddressField(
        label="オンラインのアドレス",
        help_text="参加が決まった方のページとメールにだけ出ます。公開のページには出ません。",
    )
    online_note = LineField(
        label="オンラインで入る方法", max_length=300, required=False, help_text="例:ミーティングIDとパスコード。これも参加する方だけに出ます。"
    )  # fmt: skip
    map_url = AddressField(
        label="地図のアドレス", help_text="外の地図へのリンクになります。このページに地図は埋め込みません。"
    )
    route = forms.CharField(
        label="道順", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"一行に一つずつ、{ROUTE_STEPS}行まで。「右」「左」と書くと、略図がそこで曲がります。例:新津駅の東口を出る",
    )  # fmt: skip
    parking = LineField(label="駐車場", max_length=200, required=False)
    rain_rule = LineField(label="雨のとき", max_length=200, required=False)
    languages = LineField(
        label="使える言葉", max_length=120, required=False, help_text="例:日本語、やさしい日本語、手話"
    )
    insurance = LineField(label="保険", max_length=200, required=False)
    photo_notice = LineField(label="撮影について", max_length=200, required=False)
    co_hosts = LineField(
        label="共催", max_length=200, required=False, help_text="いっしょに主催する団体です。共催のときは、利用目的の文に入ります。"
    )  # fmt: skip
    fee_note = LineField(
        label="参加費について", max_length=200, required=False, help_text="例:小学生は無料、材料費をふくむ"
    )
    ages = forms.MultipleChoiceField(
        label="年代", choices=AgeGroup, required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-ui-row": "1"}), help_text="えらばないと、どなたでもになります。",
    )  # fmt: skip
    themes = forms.ModelMultipleChoiceField(
        label="テーマ", queryset=Theme.objects.all(), required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-ui-row": "1"}),
    )  # fmt: skip
    publish_from = MomentField(
        label="公開する日時", required=False, help_text="下書きのまま待ち、この日時になると公開します。"
    )
    listed_until = MomentField(
        label="掲載を終える日時", required=False, help_text="この日時から、公開のページには出ません。空のままにすると、記録として残ります。"
    )  # fmt: skip

    takes_pitches = forms.BooleanField(
        label="1分間ピッチを募る",
        required=False,
        help_text="話したい人が申し込めるようになります。順番は、あとで決めます。",
    )
    following = forms.BooleanField(
        label="この回より後も、同じように直す",
        required=False,
        help_text="中止や延期にした回は、そのままです。",
    )

    def __init__(self, *args: Any, in_series: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not in_series:
            del self.fields["following"]

    def clean_format(self) -> str:
        return self.cleaned_data["format"] or EventFormat.ONSITE

    def clean_route(self) -> str:
        steps = [line.strip() for line in self.cleaned_data["route"].splitlines() if line.strip()]
        if len(steps) > ROUTE_STEPS:
            raise forms.ValidationError(f"道順は、{ROUTE_STEPS}行までにしてください。", code="too_many")
        return "\n".join(steps)

    def clean_details(self) -> None:
        """What goes together. Called by `clean` of the event's form."""
        data = self.cleaned_data
        onsite = data.get("format", EventFormat.ONSITE) == EventFormat.ONSITE
        for name in ("online_url", "online_note"):
            if onsite and data.get(name):
                self.add_error(
                    name, "オンラインで入る方法は、開催のしかたにオンラインをふくむときだけ書けます。"
                )
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and data.get("publish_from") and data["publish_from"] >= starts:
            self.add_error("publish_from", "公開する日時は、催しの始まりより前にしてください。")
        if ends and data.get("listed_until") and data["listed_until"] < ends:
            self.add_error("listed_until", "掲載を終える日時は、催しの終わりより後にしてください。")


class PostponeForm(OnceForm):
    """Why, and the new date when it is known."""

    note = forms.CharField(
        label="延期の理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="申し込んだ方へのメールと、催しのページに出ます。",
    )  # fmt: skip
    starts_at = MomentField(
        label="新しい始まり", required=False, help_text="決まっていないときは、空のままにします。"
    )
    ends_at = MomentField(label="新しい終わり", required=False)


class ResumeForm(OnceForm):
    """The new date."""

    starts_at = MomentField(label="新しい始まり")
    ends_at = MomentField(label="新しい終わり")
    entries_close_at = MomentField(
        label="申込みの締切", required=False, help_text="空のままにすると、始まりまで受け付けます。"
    )


class DaysField(forms.CharField):
    """Days, one a line or separated by 、 or blanks; 和暦 is understood."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[date]:  # type: ignore[override]
        text = super().clean(value)
        words = [word for word in re.split(r"[\s,、，]+", text) if word]
        try:
            return [parse_date(word) for word in words]
        except ValueError as problem:
            raise forms.ValidationError(str(problem), code="invalid") from None


class SeriesForm(OnceForm):
    """How a meeting comes back."""

    kind = forms.ChoiceField(
        label="くり返し方", choices=SeriesKind, initial=SeriesKind.WEEKLY, widget=forms.RadioSelect
    )
    every = NumberField(label="何週ごと", initial=1, min_value=1, max_value=SERIES_WEEKS, required=False)
    count = NumberField(
        label="全部の回数",
        initial=10,
        min_value=2,
        max_value=SERIES_AT_MOST,
        help_text="最初の一回をふくめます。",
    )
    until = DayField(
        label="最後の日",
        required=False,
        help_text="この日より後には開きません。空のままにすると、回数だけで決まります。",
    )
    skips_holidays = forms.BooleanField(label="祝日は休む", required=False)
    without = DaysField(
        label="ほかに休む日", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例:2027-01-02、2027-01-09",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["every"].widget.attrs["data-ui-unit"] = "週"
        self.fields["count"].widget.attrs["data-ui-unit"] = "回"

    def clean_every(self) -> int:
        return self.cleaned_data["every"] or 1


class SketchForm(OnceForm):
    """The picture of the way to the venue and what it says in words. Without a picture there is nothing to say."""

    file = UploadField(
        label="案内図の画像", accept=uploads.IMAGES, max_bytes=8 * uploads.MEGABYTE, required=False
    )
    alt = LineField(
        label="案内図の説明", max_length=300, required=False,
        help_text="図が見えない人のために、道順を言葉で書きます。例:駅の東口を出て左へ。郵便局の角を右に曲がると、左がわです。",
        widget=forms.TextInput(attrs={"data-ui-need": "画像があるときは必須"}),
    )  # fmt: skip

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("file") and not data.get("alt") and "alt" not in self.errors:
            self.add_error("alt", "案内図があるときは、「案内図の説明」を入力してください。")
