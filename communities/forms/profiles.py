"""The form of one's own profile: each field with who sees it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.areas.models import Area
from portal.kernel import uploads
from portal.kernel.forms import ButtonForm, OnceForm

from .. import queries
from ..enums.people import OPEN_FIELDS, Openness
from ..fields import KanaField, PersonField
from ..models import Profile, Theme
from ..profiles.links import MOST, clean_link

PHOTO_BYTES = 8 * uploads.MEGABYTE


def _area(label: str, note: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-ui-note": note}),
    )  # fmt: skip


class ProfileForm(OnceForm):
    """What one says of oneself. `open=1` is its button 「保存して公開する」, `preview=1` shows how others see it."""

    name = PersonField(
        label="名前または呼び名", max_length=40, required=False,
        help_text="本名でなくてもかまいません。公開するときは必要です。",
    )  # fmt: skip
    kana = KanaField(label="フリガナ", max_length=80, required=False, help_text="名前といっしょに見えます。")
    does = _area(
        "やっていること", "600字まで。例:新津で喫茶店をしています。月に一度、店で読書会をひらいています。"
    )
    helps = _area("手伝えること", "600字まで。例:チラシづくり、軽トラックでの荷物運び")
    seeks = _area("さがしていること", "600字まで。例:いっしょに朝市をはじめる人、空いている畑")
    areas = forms.ModelMultipleChoiceField(
        label="活動している地域", queryset=Area.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-ui-row": "1"}),
    )  # fmt: skip
    themes = forms.ModelMultipleChoiceField(
        label="関心のあるテーマ", queryset=Theme.objects.all(), required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-ui-row": "1"}),
    )  # fmt: skip
    photo = uploads.UploadField(
        label="写真", accept=uploads.IMAGES, max_bytes=PHOTO_BYTES, required=False,
        help_text="JPEG、PNG、WebP。8MBまで。撮影した場所や日時の記録は取りのぞき、小さな正方形にします。",
    )  # fmt: skip
    links = forms.CharField(
        label="リンク", max_length=1200, required=False,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=f"https:// で始まるもの。1行に一つ、{MOST}つまで。",
    )  # fmt: skip
    takes_letters = forms.BooleanField(
        label="ひろばを通した連絡を受け取る", required=False, initial=True,
        help_text="メールアドレスは相手に伝わりません。受け取るのは、ログインした18歳以上の人からだけです。",
    )  # fmt: skip

    def __init__(self, *args: Any, profile: Profile | None, place_code: str, **kwargs: Any) -> None:
        request = kwargs["once"]
        super().__init__(*args, initial=_initial(profile, request.user.name), **kwargs)
        self.fields["areas"].queryset = queries.areas_offered(request.user.pk, place_code)  # type: ignore[attr-defined]
        for name in OPEN_FIELDS:
            self.fields[f"{name}_seen"] = forms.ChoiceField(
                label=f"「{self.fields[name].label}」を見せる相手", choices=Openness, required=False,
                initial=Openness.NOBODY, widget=forms.Select(attrs={"data-ui-size": "m"}),
            )  # fmt: skip

    def pairs(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Each field that can be opened, with the choice of who sees it."""
        for name in OPEN_FIELDS:
            yield self[name], self[f"{name}_seen"]

    def clean_links(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        if len(lines) > MOST:
            raise ValidationError(f"リンクは、{MOST}つまでにしてください。", code="links")
        return [clean_link(line) for line in lines]

    def seen(self) -> dict[str, str]:
        """Who sees each field, as chosen."""
        return {name: self.cleaned_data.get(f"{name}_seen") or Openness.NOBODY for name in OPEN_FIELDS}

    def cleaned_data_for_action(self) -> dict[str, Any]:
        data = super().cleaned_data_for_action()
        values = {name: value for name, value in data.items() if not name.endswith("_seen")}
        return {**values, "seen": self.seen(), "open_now": self.data.get("open") == "1"}


class CloseForm(ButtonForm):
    """「公開をやめる」: one button, on several pages."""

    def _purpose(self) -> str:
        return "communities.profile.close"


def _initial(profile: Profile | None, name: str) -> dict[str, Any]:
    if profile is None:
        return {"name": name}
    texts = ("name", "kana", "does", "helps", "seeks", "photo", "takes_letters")
    return {
        **{field: getattr(profile, field) for field in texts}, "links": "\n".join(profile.links),
        "areas": profile.areas.all(), "themes": profile.themes.all(),
        **{f"{field}_seen": getattr(profile, f"{field}_seen") for field in OPEN_FIELDS},
    }  # fmt: skip
