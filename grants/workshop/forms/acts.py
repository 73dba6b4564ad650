"""The forms that stand on a workshop's page: agreeing, opening it again, calling it off, drafting, paying. And its report."""

from decimal import Decimal
from typing import Any

from django import forms

from communities.fields import LineField, NumberField
from portal.kernel import uploads
from portal.kernel.forms import OnceForm

from ...forms import NoteForm
from ...forms.dispatch import area_text
from ...forms.examining import AtForm
from ...forms.visits import OrderForm
from ...models import Workshop, WorkshopLecturer
from ...models.workshop_parts import COUNTS
from .. import queries
from ..actions.running import ReportPhoto
from ..enums import COUNT_MAX

PHOTOS = (1, 2, 3)
PEOPLE = forms.TextInput(attrs={"data-ui-unit": "人", "data-ui-size": "s"})


class AgreeForm(AtForm):
    """The button with the revision that was read."""

    name = "agree"
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, initial={"revision": workshop.revision}, **kwargs)


class ReturnForm(NoteForm):
    """What the municipality is asked to correct."""

    name = "return"


class ChangeForm(NoteForm):
    """Why the plan is opened again."""

    name = "change"


class CancelForm(NoteForm):
    """Why it is called off."""

    name = "cancel"


class RefuseForm(AtForm):
    """Why it does not take place."""

    name = "refuse"
    reason = area_text("開催しない理由", help_text="市町村に伝わります。催しがあれば、申し込んだ方にも伝わります。")  # fmt: skip


class LecturerOrderForm(OrderForm):
    """The travel of one lecturer; the plan's is there already."""

    def __init__(self, *args: Any, lecturer: WorkshopLecturer, **kwargs: Any) -> None:
        self.name = f"order_{lecturer.position}"  # type: ignore[misc]
        super().__init__(*args, initial={"travel_yen": lecturer.travel_yen or None}, **kwargs)
        self.lecturer = lecturer
        self.fields["travel_yen"].help_text = "計画の旅費が入っています。実際にかかった額に直せます。"


def _words(number: int) -> LineField:
    return LineField(
        label=f"写真{number}の説明", max_length=200, required=False, help_text="見えない人に、何が写っているかを伝えます。"
    )  # fmt: skip


class WorkshopReportForm(OnceForm):
    """実施報告. What the portal counted is there already; empty boxes of people are 0."""

    residents_count = NumberField(
        label="住民", min_value=0, max_value=COUNT_MAX, required=False, widget=PEOPLE
    )
    organisations_count = NumberField(
        label="コミプラ・自治会・NPOなど", min_value=0, max_value=COUNT_MAX, required=False, widget=PEOPLE
    )
    municipal_count = NumberField(
        label="市町村の職員", min_value=0, max_value=COUNT_MAX, required=False, widget=PEOPLE
    )
    prefecture_count = NumberField(
        label="県の職員", min_value=0, max_value=COUNT_MAX, required=False, widget=PEOPLE
    )
    others_count = NumberField(
        label="その他", min_value=0, max_value=COUNT_MAX, required=False, widget=PEOPLE
    )
    survey_count = NumberField(
        label="アンケートの回答数", min_value=0, max_value=COUNT_MAX, required=False, widget=PEOPLE
    )
    survey_average = forms.DecimalField(
        label="アンケートの平均", min_value=Decimal(1), max_value=Decimal(5), max_digits=2, decimal_places=1, required=False,
        help_text="5点満点。催しのアンケートがあれば、その平均が入っています。",
        widget=forms.TextInput(attrs={"data-ui-unit": "点", "data-ui-size": "s", "inputmode": "decimal"}),
    )  # fmt: skip
    survey_note = area_text("アンケートの主な声", 3, required=False, help_text="だれの声か分からないように書きます。")  # fmt: skip
    outcome = area_text("話しあったことと成果", 5, max_length=2000)
    next_step = area_text("次の取組", 3, help_text="これから、だれが、いつ、何をするか。")
    photo_1 = uploads.UploadField(label="写真1", accept=uploads.IMAGES, required=False)
    alt_1 = _words(1)
    photo_2 = uploads.UploadField(label="写真2", accept=uploads.IMAGES, required=False)
    alt_2 = _words(2)
    photo_3 = uploads.UploadField(label="写真3", accept=uploads.IMAGES, required=False)
    alt_3 = _words(3)
    consented = forms.BooleanField(label="写真に写っている人の了解を得ました", required=False)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        found = queries.found_of(workshop.event)
        known = {
            "residents_count": found.people or None,
            "survey_count": found.survey_count,
            "survey_average": found.survey_average or None,
        }
        super().__init__(*args, initial=known, **kwargs)
        self.found = found

    def clean(self) -> None:
        data = self.cleaned_data
        for name in COUNTS:
            data[name] = data.get(name) or 0
        if not sum(data[name] for name in COUNTS) and not any(self.errors.get(name) for name in COUNTS):
            self.add_error("residents_count", "参加した人数を入れてください。")
        if data.get("survey_average") is not None and not data.get("survey_count"):
            self.add_error("survey_count", "平均を入れるときは、回答数も入れてください。")
        sent = [number for number in PHOTOS if data.get(f"photo_{number}")]
        for number in sent:
            if not data.get(f"alt_{number}"):
                self.add_error(f"alt_{number}", "写真の説明を書いてください。")
        if sent and not data.get("consented"):
            self.add_error("consented", "写っている人の了解がない写真は、載せられません。")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        data = super().cleaned_data_for_action()
        photos = [
            ReportPhoto(file=data[f"photo_{number}"], alt=data[f"alt_{number}"])
            for number in PHOTOS
            if data[f"photo_{number}"]
        ]
        names = (*COUNTS, "survey_count", "survey_average", "survey_note", "outcome", "next_step")
        return {**{name: data[name] for name in names}, "photos": photos}
