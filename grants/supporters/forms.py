"""The forms of student supporters: the entry, free days, what is asked for, who is asked, the days, the report."""

from typing import Any

from django import forms

from communities.fields import DayField, KanaField, LineField, MailField, NumberField, PersonField, PhoneField
from portal.areas.models import Authority, Section
from portal.kernel import uploads
from portal.kernel.fiscal import wareki
from portal.kernel.forms import OnceForm

from ..fields import DayField as BirthField
from ..fields import YenField
from ..forms import NoteForm
from ..forms.dispatch import area_text
from ..forms.examining import AtForm
from ..models import PlacementDay, Supporter, SupporterTerms, SupportRequest
from . import queries
from .actions.register import ONCE_ONLY
from .enums import MINUTES_MAX, PEOPLE_MAX, DayState, Help, SupporterState

MINUTES = forms.TextInput(attrs={"data-ui-unit": "分", "data-ui-size": "s"})


class EntryForm(OnceForm):
    """A student's own entry. Once registered, who one is stays as it was confirmed."""

    authority = forms.ModelChoiceField(label="県", queryset=Authority.objects.none(), empty_label=None)
    name = PersonField(label="氏名", max_length=60)
    kana = KanaField(label="フリガナ", max_length=120)
    birth_on = BirthField(label="生年月日", help_text="例:平成20年4月2日。保護者の同意が要るかどうかを確かめるために使い、県の担当者だけが見ます。")  # fmt: skip
    school = LineField(label="学校", max_length=80, help_text="県の担当者だけが見ます。証明書にものります。")
    grade = LineField(label="学年", max_length=20, help_text="例:2年。受け入れる市町村も見ます。")
    phone = PhoneField(label="電話番号", help_text="県の担当者だけが見ます。")
    fields = forms.MultipleChoiceField(
        label="手伝えること", choices=Help, widget=forms.CheckboxSelectMultiple
    )
    wish = area_text("やってみたいこと", 3, max_length=500, required=False)
    offices = forms.ModelMultipleChoiceField(
        label="行ける地域", queryset=Section.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="どれも選ばなければ、県内のどこへでも行けるものとします。",
    )  # fmt: skip
    guardian_name = PersonField(label="保護者の氏名", max_length=60, required=False)
    guardian_phone = PhoneField(label="保護者の電話番号", required=False)
    guardian_email = MailField(
        label="保護者のメールアドレス", required=False, help_text="同意のためのリンクを送ります。ないときは、書面で同意をもらいます。"
    )  # fmt: skip

    def __init__(self, *args: Any, supporter: Supporter | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_known(supporter), **kwargs)
        offered = queries.offering()
        self.fields["authority"].queryset = offered
        rows = list(offered[:2])
        if len(rows) == 1:
            self.fields["authority"].widget = forms.HiddenInput()
            self.initial["authority"] = rows[0].pk
        home = supporter.authority_id if supporter else (rows[0].pk if len(rows) == 1 else None)
        places = Section.objects.filter(coverages__isnull=False).distinct().order_by("name")
        self.fields["offices"].queryset = places.filter(authority=home) if home else places
        if supporter is not None:
            del self.fields["authority"]
        if supporter is not None and supporter.state == SupporterState.REGISTERED:
            for name in ONCE_ONLY:
                del self.fields[name]

    @property
    def guardian_boxes(self) -> list[Any]:
        """The boxes about the guardian, where they stand."""
        return [self[name] for name in self.fields if name.startswith("guardian_")]

    @property
    def own_boxes(self) -> list[Any]:
        """The others that are shown."""
        return [box for box in self.visible_fields() if not box.name.startswith("guardian_")]


def _known(supporter: Supporter | None) -> dict[str, Any]:
    if supporter is None:
        return {}
    names = ("name", "kana", "school", "grade", "phone", "fields", "wish", "guardian_name", "guardian_phone", "guardian_email")  # fmt: skip
    return {
        **{name: getattr(supporter, name) for name in names},
        "birth_on": wareki(supporter.birth_on),
        "offices": list(supporter.offices.all()),
    }


class DaysForm(OnceForm):
    """A day one is free, or all days up to another."""

    first_on = DayField(label="活動できる日")
    last_on = DayField(label="おわりの日", required=False, help_text="続けて何日も出すときに入れます。")


class TermsForm(OnceForm):
    """What counts for the supporters of a prefecture."""

    report_days = NumberField(
        label="報告の期限", min_value=1, max_value=90, help_text="活動の最後の日から数えます。",
        widget=forms.TextInput(attrs={"data-ui-unit": "日", "data-ui-size": "s"}),
    )  # fmt: skip
    pays_travel = forms.BooleanField(label="交通費を県が払う", required=False)
    travel_max_yen = YenField(label="1日の交通費の上限")
    insurance = LineField(label="保険", max_length=200)
    notes = area_text("学生に伝えること", required=False)

    def __init__(self, *args: Any, terms: SupporterTerms, **kwargs: Any) -> None:
        names = ("report_days", "pays_travel", "travel_max_yen", "insurance", "notes")
        super().__init__(*args, initial={name: getattr(terms, name) for name in names}, **kwargs)


class PaperForm(AtForm):
    """The guardian's consent on paper."""

    name = "paper"
    file = uploads.UploadField(label="同意書", accept=uploads.DOCUMENTS)


class RefuseForm(NoteForm):
    """Why somebody is not registered."""

    name = "refuse"


class AskForm(OnceForm):
    """What students are wanted for."""

    title = LineField(label="活動の名前", max_length=100, help_text="例:まちあるきの記録の手伝い")
    field = forms.ChoiceField(label="手伝ってほしいこと", choices=Help, widget=forms.RadioSelect)
    work = area_text("活動の内容", 4)
    place = LineField(label="場所", max_length=120)
    hours = LineField(label="時間", max_length=60, help_text="例:10時から15時まで(昼休み1時間)")
    first_on = DayField(label="はじめの日")
    last_on = DayField(label="おわりの日")
    people = NumberField(
        label="人数", min_value=1, max_value=PEOPLE_MAX, initial=1,
        widget=forms.TextInput(attrs={"data-ui-unit": "人", "data-ui-size": "s"}),
    )  # fmt: skip
    contact_name = PersonField(label="当日の担当者", max_length=60, help_text="学生に伝わります。")


class WithdrawForm(NoteForm):
    """Why a request is taken back."""

    name = "withdraw"


class ProposeForm(AtForm):
    """One student, and which of the days they are free."""

    name = "propose"
    days = forms.MultipleChoiceField(label="活動の日", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, wanted: SupportRequest, candidate: Any, **kwargs: Any) -> None:
        self.supporter, free = candidate
        self.name = f"propose_{self.supporter.pk.hex[:12]}"  # type: ignore[misc]
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [(day.isoformat(), wareki(day)) for day in free]
        self.knows = wanted.field in self.supporter.fields
        self.fields["days"].label = f"{self.supporter.name}さんの活動の日"
        self.days_by_value = {day.isoformat(): day for day in free}

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = super().cleaned_data_for_action()
        return {
            "days": [self.days_by_value[value] for value in values["days"]],
            "supporter": self.supporter,
        }


class DeclineForm(AtForm):
    """A word to the officer, if one likes."""

    name = "decline"
    note = area_text("ひとこと", 2, required=False, max_length=500, help_text="書かなくてもかまいません。県の担当者に伝わります。")  # fmt: skip


class CallOffForm(NoteForm):
    """Why it is called off."""

    name = "call_off"


class SendBackForm(NoteForm):
    """What is to be mended in a report."""

    name = "send_back"


class ReportForm(AtForm):
    """What was done and learned; what was sent before is there."""

    name = "report"
    work = area_text("したこと", 5, max_length=1500, help_text="証明書にのります。")
    learned = area_text("感じたこと・学んだこと", 4, max_length=1500, required=False)

    def __init__(self, *args: Any, placement: Any, **kwargs: Any) -> None:
        known = {"work": placement.work, "learned": placement.learned}
        super().__init__(*args, initial=known, **kwargs)


class DayForm(AtForm):
    """The figures of one day; a student records, the receiving side confirms and notes the insurance."""

    minutes = NumberField(
        label="活動した時間", min_value=1, max_value=MINUTES_MAX, widget=MINUTES, help_text="休憩を除いた時間を、分で入れます。"
    )  # fmt: skip
    travel_yen = YenField(label="交通費", required=False, help_text="ないときは空のままにします。")
    is_insured = forms.BooleanField(label="保険に入っていたことを確かめました")

    def __init__(self, *args: Any, day: PlacementDay, act: str, **kwargs: Any) -> None:
        self.name = f"{act}_{day.on:%m%d}"  # type: ignore[misc]
        self.day = day
        known = {"minutes": day.minutes, "travel_yen": day.travel_yen or None}
        super().__init__(*args, initial=known, **kwargs)
        if act == "record":
            del self.fields["is_insured"]
        self.is_recorded = day.state == DayState.RECORDED

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = super().cleaned_data_for_action()
        return {**values, "travel_yen": values["travel_yen"] or 0}
