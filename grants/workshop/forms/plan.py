"""The forms of a plan: opening one, and everything it says."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BoundField

from communities.fields import LineField, MailField, MomentField, NumberField, PersonField
from communities.models import Community, Platform
from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel import clock
from portal.kernel.forms import OnceForm
from portal.kernel.templatetags.fmt import jdatetime

from ...dispatch.enums import PayeeKind
from ...enums import Applicant
from ...fields import YenField
from ...forms.dispatch import area_text
from ...forms.typed import TypedForm
from ...models import Advisor, Menu, Workshop
from .. import queries
from ..enums import CAPACITY_MAX, LECTURERS_MAX, PREFECTURE_PAYS, Doer, Duty, HostKind, Payer
from ..rows import DutyRow, LecturerRow

APPLICANTS = [
    (Applicant.MUNICIPALITY.value, "市町村"),
    (Applicant.ORGANISATION.value, "地域コミュニティ組織(市町村を通して)"),
]
NAMES = (
    "host_kind", "platform", "community", "title", "aim", "content", "starts_at", "ends_at", "venue", "address",
    "audience", "capacity", "contact_name", "applicant_title", "applicant_name", "own_number",
)  # fmt: skip


class WorkshopStartForm(OnceForm):
    """With which municipality as 窓口, for whom, under what name."""

    menu = forms.ModelChoiceField(label="メニュー", queryset=Menu.objects.none(), empty_label=None)
    municipality = forms.ModelChoiceField(
        label="窓口の市町村", queryset=Area.objects.none(), help_text="申込みの受付と、終わったあとの報告をする市町村です。"
    )  # fmt: skip
    applicant = forms.ChoiceField(
        label="だれの希望ですか",
        choices=APPLICANTS,
        initial=Applicant.MUNICIPALITY.value,
        widget=forms.RadioSelect,
    )
    title = LineField(
        label="名前",
        max_length=100,
        help_text="例:地域の将来を話し合うワークショップ。催しのページにも出ます。",
    )

    def __init__(self, *args: Any, menus: Any, places: Any, is_office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in (("menu", menus), ("municipality", places)):
            self.fields[name].queryset = known
            rows = list(known[:2])
            if len(rows) == 1:
                self.fields[name].widget = forms.HiddenInput()
                self.initial[name] = rows[0].pk
        if is_office:
            del self.fields["applicant"]


class PlanForm(TypedForm):
    """開催計画. A draft may have gaps; submitting it says which. Lecturers and duties are rows of boxes."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    tab = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)
    title = LineField(label="名前", max_length=100)
    host_kind = forms.ChoiceField(
        label="主催", choices=HostKind, required=False, widget=forms.RadioSelect, help_text="四つのうち、ちょうど一つです。"
    )  # fmt: skip
    platform = forms.ModelChoiceField(
        label="地域コミュニティ組織(コミプラ)", queryset=Platform.objects.none(), required=False, empty_label="選ばない",
        help_text="「県・地域コミュニティ組織共催」のときは、共催する相手を選びます。",
    )  # fmt: skip
    community = forms.ModelChoiceField(
        label="地域コミュニティ組織(コミュニティ)", queryset=Community.objects.none(), required=False, empty_label="選ばない",
        help_text="コミプラでない組織のときは、こちらから選びます。どちらか一つです。",
    )  # fmt: skip
    participants = forms.ModelMultipleChoiceField(
        label="いっしょに参加する市町村", queryset=Area.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    aim = area_text("ねらい", 3, required=False)
    content = area_text("内容", 4, required=False, max_length=2000, help_text="例:講演、グループでの話し合い、発表。")  # fmt: skip
    starts_at = MomentField(label="始まり", required=False)
    ends_at = MomentField(label="終わり", required=False)
    venue = LineField(label="会場", max_length=120, required=False)
    address = LineField(label="会場の住所", max_length=200, required=False)
    audience = LineField(
        label="対象", max_length=200, required=False, help_text="例:校区の住民、自治会とNPOの役員"
    )
    capacity = NumberField(
        label="定員", min_value=1, max_value=CAPACITY_MAX, required=False,
        widget=forms.TextInput(attrs={"data-ui-unit": "人", "data-ui-size": "s"}),
    )  # fmt: skip
    contact_name = PersonField(label="担当者", max_length=60, required=False)
    applicant_title = LineField(
        label="計画を出す者の職", max_length=40, required=False, help_text="例:鹿屋市長"
    )
    applicant_name = PersonField(label="計画を出す者の氏名", max_length=60, required=False)
    own_number = LineField(label="文書番号", max_length=40, required=False, help_text="例:鹿地第123号")

    def __init__(self, *args: Any, workshop: Workshop, scope: Scope, **kwargs: Any) -> None:
        # Before super(): rows get the same care as the fields of the class.
        self.base_fields = {**self.base_fields, **_lecturer_fields(), **_duty_fields()}
        self.stored = workshop
        super().__init__(*args, initial=stored_values(workshop) | {"tab": str(uuid.uuid4())}, **kwargs)
        home = workshop.menu.programme.authority.area_id
        others = Area.objects.municipalities().filter(parent=home).exclude(pk=workshop.municipality_id)
        advisors = queries.advisors_for(workshop, scope)
        choices = {
            "participants": others.order_by("pk"),
            "platform": queries.platforms_of(workshop),
            "community": queries.communities_of(workshop),
            **{f"advisor_{number}": advisors for number in range(LECTURERS_MAX)},
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows
        if workshop.is_planned_by_office:
            for name in ("applicant_title", "applicant_name", "own_number"):
                del self.fields[name]

    def show_stored(self, row: Workshop) -> None:
        self.stored = row
        self.initial |= stored_values(row)

    def differences(self) -> list[tuple[str, str, str]]:
        """(label, typed, stored) of each box whose stored words are others than the typed ones."""
        rows = []
        for box in self.visible_fields():
            kept = _shown(box, self.initial.get(box.name))
            typed = _shown(box, self.cleaned_data.get(box.name, box.data))
            if typed != kept:
                rows.append((str(box.label), typed, kept))
        return rows

    def clean(self) -> None:
        for number in range(LECTURERS_MAX):
            named = self.cleaned_data.get(f"advisor_{number}") or self.cleaned_data.get(f"name_{number}")
            sums = [
                self.cleaned_data.get(f"{key}_{number}") for key in ("fee", "travel", "topic", "affiliation")
            ]
            if not named and any(sums) and not self.errors.get(f"name_{number}"):
                self.add_error(f"name_{number}", "講師の氏名を入れるか、アドバイザーから選んでください。")
        starts, ends = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "終わりは、始まりより後にしてください。")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        data = super().cleaned_data_for_action()
        rows = [row for number in range(LECTURERS_MAX) if (row := self._lecturer(data, number))]
        duties = [
            DutyRow(
                kind=kind.value,
                doer=data[f"doer_{kind}"],
                payer=data[f"payer_{kind}"] or Payer.OPEN.value,
                note=data[f"note_{kind}"],
            )
            for kind in Duty
            if data[f"doer_{kind}"]
        ]
        plain = {name: data[name] for name in (*NAMES, "revision", "tab", "participants") if name in data}
        return {**plain, "lecturers": rows, "duties": duties}

    def _lecturer(self, data: dict[str, Any], number: int) -> LecturerRow | None:
        advisor, name = data[f"advisor_{number}"], data[f"name_{number}"]
        if advisor is None and not name:
            return None
        return LecturerRow(
            key=f"advisor_{number}", advisor=advisor, name=name, email="" if advisor else data[f"email_{number}"], affiliation=data[f"affiliation_{number}"],
            topic=data[f"topic_{number}"], payee_kind=data[f"payee_{number}"] or PayeeKind.PERSON.value,
            fee_yen=data[f"fee_{number}"], travel_yen=data[f"travel_{number}"] or 0,
        )  # fmt: skip

    @property
    def lecturer_rows(self) -> list[list[BoundField]]:
        """The boxes of each lecturer, for the page."""
        keys = ("advisor", "name", "email", "affiliation", "topic", "payee", "fee", "travel")
        return [[self[f"{key}_{number}"] for key in keys] for number in range(LECTURERS_MAX)]

    @property
    def duty_rows(self) -> list[tuple[str, list[BoundField]]]:
        """Each thing there is to do with its boxes, for the page."""
        return [(kind.label, [self[f"{key}_{kind}"] for key in ("doer", "payer", "note")]) for kind in Duty]


def _lecturer_fields() -> dict[str, forms.Field]:
    """The boxes of every lecturer."""
    found: dict[str, forms.Field] = {}
    for number in range(LECTURERS_MAX):
        found[f"advisor_{number}"] = forms.ModelChoiceField(
            label="アドバイザーから選ぶ", queryset=Advisor.objects.none(), required=False, empty_label="登録のない人"
        )  # fmt: skip
        found[f"name_{number}"] = PersonField(
            label="氏名", max_length=60, required=False, help_text="アドバイザーを選んだときは、空のままにします。"
        )  # fmt: skip
        found[f"email_{number}"] = MailField(
            label="本人のメールアドレス", required=False, help_text="本人のアカウントがあるときだけ入れます。本人が、日時と支払いを自分の画面で見られます。"
        )  # fmt: skip
        found[f"affiliation_{number}"] = LineField(label="所属・職", max_length=80, required=False)
        found[f"topic_{number}"] = LineField(label="話すこと", max_length=120, required=False)
        found[f"payee_{number}"] = forms.ChoiceField(label="支払先", choices=PayeeKind, required=False)
        found[f"fee_{number}"] = YenField(
            label="謝金", required=False, help_text="アドバイザーは、空にすると登録の単価になります。"
        )
        found[f"travel_{number}"] = YenField(label="旅費", required=False)
    return found


def _duty_fields() -> dict[str, forms.Field]:
    """The boxes of everything there is to do."""
    found: dict[str, forms.Field] = {}
    for kind in Duty:
        payers = [row for row in Payer if row != Payer.PREFECTURE or kind in PREFECTURE_PAYS]
        found[f"doer_{kind}"] = forms.ChoiceField(
            label=f"{kind.label}をする人", choices=[("", "なし"), *Doer.choices], required=False,
            widget=forms.Select(attrs={"aria-label": f"{kind.label}をする人"}),
        )  # fmt: skip
        found[f"payer_{kind}"] = forms.ChoiceField(
            label=f"{kind.label}の費用を払う人", choices=[(row.value, row.label) for row in payers], required=False,
            widget=forms.Select(attrs={"aria-label": f"{kind.label}の費用を払う人"}),
        )  # fmt: skip
        found[f"note_{kind}"] = LineField(
            label=f"{kind.label}のくわしいこと", max_length=120, required=False,
            widget=forms.TextInput(attrs={"aria-label": f"{kind.label}のくわしいこと"}),
        )  # fmt: skip
    return found


def stored_values(workshop: Workshop) -> dict[str, Any]:
    """What the stored plan puts into the boxes."""
    known = {name: getattr(workshop, name) for name in (*NAMES, "revision")}
    for name in ("platform", "community"):
        known[name] = getattr(workshop, f"{name}_id")
    for name in ("starts_at", "ends_at"):
        known[name] = known[name] and known[name].astimezone(clock.JST)
    known["participants"] = list(workshop.participants.all())
    return {**known, **_row_values(workshop)}


def _shown(box: BoundField, kept: Any) -> str:
    """A stored or typed value in words: its choice, its moment, or the text."""
    if isinstance(kept, datetime):
        return jdatetime(kept)
    value = box.field.prepare_value(kept)
    choices = {str(key): label for key, label in getattr(box.field, "choices", ())}
    rows = sorted(map(str, value)) if isinstance(value, list | tuple) else [value]
    words = [str(choices.get(str(row), row)) for row in rows if row not in (None, "")]
    return "、".join(words).replace("\r\n", "\n").strip()


def _row_values(workshop: Workshop) -> dict[str, Any]:
    """What the stored rows put into the boxes."""
    values: dict[str, Any] = {f"payee_{number}": PayeeKind.PERSON.value for number in range(LECTURERS_MAX)}
    for number, row in enumerate(workshop.lecturers.select_related("user")):
        values |= {
            f"advisor_{number}": row.advisor_id,
            f"name_{number}": "" if row.advisor_id else row.name,
            f"email_{number}": row.user.email if row.user and not row.advisor_id else "",
            f"affiliation_{number}": row.affiliation,
            f"topic_{number}": row.topic,
            f"payee_{number}": row.payee_kind,
            f"fee_{number}": row.fee_yen,
            f"travel_{number}": row.travel_yen,
        }
    stored = {row.kind: row for row in workshop.duties.all()}
    for kind in Duty:
        duty = stored.get(kind)
        values |= {
            f"doer_{kind}": duty.doer if duty else "",
            f"payer_{kind}": duty.payer if duty else Payer.NONE.value,
            f"note_{kind}": duty.note if duty else "",
        }
    return values
