"""Forms of posts, records of activity and their photos."""

from typing import Any

from django import forms

from portal.kernel import clock
from portal.kernel.forms import OnceForm
from portal.kernel.uploads import IMAGES, UploadField

from ..actions import NewPhoto
from ..enums import PhotoConsent
from ..fields import FIRST_YEAR, DayField, LineField, NumberField
from ..models import Activity, Community, Event, Initiative, Post

WORDS = ("photo_alt", "photo_caption", "photo_consent")


class PhotoForm(OnceForm):
    """One picture with its words. The words are asked for as soon as there is a picture."""

    photo = UploadField(label="写真", accept=IMAGES, required=False)
    photo_alt = LineField(
        label="写真に写っているもの", max_length=160, required=False,
        help_text="見えない人に読み上げます。例:駅前の広場に、野菜を並べた机が五つ。", widget=forms.TextInput(attrs={"data-ui-need": "写真があるときは必須"}),
    )  # fmt: skip
    photo_caption = LineField(
        label="写真にそえる一言", max_length=120, required=False, widget=forms.TextInput(attrs={"data-ui-need": "写真があるときは必須"})
    )  # fmt: skip
    photo_consent = forms.ChoiceField(
        label="写っている人", choices=PhotoConsent, required=False,
        widget=forms.RadioSelect(attrs={"data-ui-need": "写真があるときは必須"}),
    )  # fmt: skip

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("photo"):
            for name in WORDS:
                if not data.get(name) and name not in self.errors:
                    verb = "選んで" if name == "photo_consent" else "入力して"
                    self.add_error(name, f"写真があるときは、「{self.fields[name].label}」を{verb}ください。")
        elif any(data.get(name) for name in WORDS[:2]) and "photo" not in self.errors:
            self.add_error("photo", "写真を選んでください。写真がないときは、説明と一言を空にします。")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        data = super().cleaned_data_for_action()
        file, alt, caption, consent = (data.pop(name) for name in ("photo", *WORDS))
        return {
            **data,
            "photo": NewPhoto(file=file, alt=alt, caption=caption, consent=consent) if file else None,
        }


class PhotoNewForm(PhotoForm):
    """One more picture: here it is the point."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].required = True


class PostForm(OnceForm):
    """Title and text."""

    title = LineField(label="題名", max_length=100)
    body = forms.CharField(label="本文", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))


class PostNewForm(PostForm, PhotoForm):
    """A new post with its first picture. `publish` is its second button."""

    field_order = ("title", "body", "photo", *WORDS)

    def cleaned_data_for_action(self) -> dict[str, Any]:
        return {**super().cleaned_data_for_action(), "publish": self.data.get("publish") == "1"}


class ActivityForm(OnceForm):
    """What was done on a day, with how many people."""

    title = LineField(label="したこと", max_length=100, help_text="例:駅前の朝市、里山の草刈り")
    held_on = DayField(label="日付")
    place = LineField(label="場所", max_length=120, required=False)
    people_count = NumberField(
        label="参加した人(実人数)", required=False, min_value=0, max_value=1_000_000, help_text="同じ人は1人と数えます。"
    )  # fmt: skip
    visits_count = NumberField(
        label="参加した人(延べ)", required=False, min_value=0, max_value=1_000_000,
        help_text="何回かに分けて来た人を、その回数だけ数えます。1回だけのときは空で構いません。",
    )  # fmt: skip
    summary = forms.CharField(
        label="ようす", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}), help_text="参加した人の名前は書かないでください。"
    )  # fmt: skip
    outcome = forms.CharField(
        label="成果", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    event = forms.ModelChoiceField(
        label="つながる催し", queryset=Event.objects.none(), required=False, empty_label="なし"
    )
    initiative = forms.ModelChoiceField(
        label="つながる取組", queryset=Initiative.objects.none(), required=False, empty_label="なし"
    )

    def __init__(
        self, *args: Any, community: Community, activity: Activity | None = None, **kwargs: Any
    ) -> None:
        if activity is not None:
            names = [name for name in ActivityForm.base_fields if name != "once"]
            kwargs["initial"] = {name: getattr(activity, name) for name in names}
        super().__init__(*args, **kwargs)
        for name in ("people_count", "visits_count"):
            self.fields[name].widget.attrs["data-ui-unit"] = "人"
        recent = community.events.order_by("-starts_at", "-id")
        self.fields["event"].queryset = recent  # type: ignore[attr-defined]
        self.fields["initiative"].queryset = community.initiatives.order_by("-created_at", "-id")  # type: ignore[attr-defined]

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > clock.today_jst():
            raise forms.ValidationError("日付は、今日までにしてください。")
        if day.year < FIRST_YEAR:
            raise forms.ValidationError(f"日付は、{FIRST_YEAR}年からにしてください。")
        return day

    def clean(self) -> None:
        super().clean()
        people, visits = self.cleaned_data.get("people_count"), self.cleaned_data.get("visits_count")
        if people is not None and visits is not None and visits < people:
            self.add_error("visits_count", "延べ人数は、実人数より少なくなりません。")


class ActivityNewForm(ActivityForm, PhotoForm):
    """A new record with its first picture."""

    field_order = (*(name for name in ActivityForm.base_fields if name != "once"), "photo", *WORDS)


class RecordForm(ActivityNewForm):
    """The record of a reported meeting: its event is fixed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["event"]


def post_initial(post: Post) -> dict[str, Any]:
    """What the form of an existing post starts with."""
    return {"title": post.title, "body": post.body}
