"""The forms of menu ①: the register of advisors, a dispatch, its proposal, the times an advisor offers."""

import uuid
from typing import Any

from django import forms

from communities.fields import KanaField, LineField, MailField, MomentField, NumberField, PersonField
from communities.models import Platform
from portal.areas.models import Area, Authority, Section
from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear
from portal.kernel.forms import OnceForm
from portal.kernel.money import yen

from ..dispatch import queries
from ..dispatch.enums import VISITS_MAX, FeeUnit, Manner, PayeeKind, Shown, Subject
from ..enums import Keeping
from ..enums.approving import Matter
from ..fields import YenField
from ..models import Advisor, BudgetLine, Dispatch, Menu, Programme
from ..queries import approving
from .examining import AtForm, NoteForm
from .typed import TypedForm

YEARS_AHEAD = 5


def area_text(label: str, rows: int = 3, **kwargs: Any) -> forms.CharField:
    """A text of some lines."""
    kwargs.setdefault("max_length", 1000)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class AdvisorForm(OnceForm):
    """One entry of the register."""

    name = PersonField(label="氏名", max_length=60)
    kana = KanaField(label="フリガナ", max_length=120)
    email = MailField(
        label="利用者のメールアドレス", required=False, help_text="本人が返事や報告をするときのアカウントです。あとからでも入れられます。"
    )  # fmt: skip
    profile = area_text("紹介", required=False, help_text="経歴や、これまでの助言の例。")
    fields = forms.MultipleChoiceField(label="分野", choices=Subject, widget=forms.CheckboxSelectMultiple)
    base = LineField(label="活動の拠点", max_length=60, help_text="旅費のもとになる場所です。例:鹿児島市")
    offices = forms.ModelMultipleChoiceField(
        label="行ける地域", queryset=Section.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="どれも選ばなければ、県内のどこへでも行けるものとします。",
    )  # fmt: skip
    payee_kind = forms.ChoiceField(
        label="支払先", choices=PayeeKind, initial=PayeeKind.PERSON, widget=forms.RadioSelect(attrs={"data-ui-row": "1"}),
        help_text="個人に払うときは、所得税を源泉徴収します。",
    )  # fmt: skip
    fee_yen = YenField(label="謝金の単価")
    fee_unit = forms.ChoiceField(
        label="単価の単位", choices=FeeUnit, initial=FeeUnit.VISIT, widget=forms.RadioSelect(attrs={"data-ui-row": "1"})
    )  # fmt: skip
    active_from = forms.TypedChoiceField(label="活動を始める年度", coerce=int)
    active_to = forms.TypedChoiceField(label="活動を終える年度", coerce=int, required=False, empty_value=None)
    shown = forms.MultipleChoiceField(
        label="本人が公開に同意したもの", choices=Shown, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="同意したものだけが、県民の見る一覧に出ます。",
    )  # fmt: skip

    def __init__(
        self, *args: Any, authority: Authority, advisor: Advisor | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=_known(advisor), **kwargs)
        this = FiscalYear.of(clock.today_jst()).year
        first = min(this, advisor.active_from) if advisor else this
        years = [(year, FiscalYear(year).label) for year in range(first, this + YEARS_AHEAD)]
        self.fields["active_from"].choices = years
        self.fields["active_to"].choices = [("", "決めていない"), *years]
        self.fields["offices"].queryset = Section.objects.filter(
            authority=authority, coverages__isnull=False
        ).distinct()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("active_from"), values.get("active_to")
        if first and last and last < first:
            self.add_error("active_to", "活動を終える年度は、始める年度と同じか、それより後にしてください。")
        return values


def _known(advisor: Advisor | None) -> dict[str, Any]:
    if advisor is None:
        return {}
    names = ("name", "kana", "profile", "fields", "base", "payee_kind", "fee_yen", "fee_unit", "active_from", "active_to", "shown")  # fmt: skip
    email = advisor.user.email if advisor.user else ""
    return {
        **{name: getattr(advisor, name) for name in names}, "email": email, "offices": list(advisor.offices.all()),
    }  # fmt: skip


class DispatchStartForm(OnceForm):
    """For which municipality, under what name."""

    menu = forms.ModelChoiceField(label="メニュー", queryset=Menu.objects.none(), empty_label=None)
    municipality = forms.ModelChoiceField(label="市町村", queryset=Area.objects.none(), empty_label=None)
    title = LineField(label="件名", max_length=120, help_text="例:包括的な交付金の制度づくりについて")

    def __init__(self, *args: Any, menus: Any, municipalities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in (("menu", menus), ("municipality", municipalities)):
            self.fields[name].queryset = known
            rows = list(known[:2])
            if len(rows) == 1:
                self.fields[name].widget = forms.HiddenInput()
                self.initial[name] = rows[0].pk


class DispatchForm(TypedForm):
    """What the municipality writes, saved by its button or while people type. A draft may have gaps; requesting it says which."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    tab = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)
    title = LineField(label="件名", max_length=120)
    subject = forms.ChoiceField(
        label="助言を受けたいこと", choices=Subject, required=False, widget=forms.RadioSelect
    )
    issue = area_text("課題", 4, required=False, help_text="いま困っていること、これまでにしたこと。")
    wishes = area_text("助言してほしいこと", 4, required=False)
    times = area_text("希望する時期", 2, required=False, max_length=300, help_text="例:1月の平日の午後。議会の前に1回目を行いたい。")  # fmt: skip
    visits_wanted = NumberField(
        label="希望する回数", min_value=1, max_value=VISITS_MAX, required=False,
        widget=forms.TextInput(attrs={"data-ui-unit": "回", "data-ui-size": "s"}),
    )  # fmt: skip
    manner = forms.ChoiceField(
        label="方法", choices=Manner, required=False, widget=forms.RadioSelect(attrs={"data-ui-row": "1"})
    )
    wished = forms.ModelChoiceField(
        label="希望するアドバイザー", queryset=Advisor.objects.none(), required=False, empty_label="県の調整にまかせる",
        help_text="名前の公開に同意した人から選べます。",
    )  # fmt: skip
    platform = forms.ModelChoiceField(
        label="コミプラ", queryset=Platform.objects.none(), required=False, empty_label="特にない"
    )
    contact_name = PersonField(label="担当者", max_length=60, required=False)
    applicant_title = LineField(label="申込者の職", max_length=40, required=False, help_text="例:鹿屋市長")
    applicant_name = PersonField(label="申込者の氏名", max_length=60, required=False)
    own_number = LineField(label="文書番号", max_length=40, required=False, help_text="例:鹿地第123号")

    def __init__(self, *args: Any, dispatch: Dispatch, **kwargs: Any) -> None:
        self.stored = dispatch
        known = {"revision": dispatch.revision, "tab": str(uuid.uuid4())}
        super().__init__(*args, initial={**self.stored_values(), **known}, **kwargs)
        public = queries.public_advisors(clock.now()).filter(shown__contains=[Shown.NAME])
        self.fields["wished"].queryset = public.filter(authority=dispatch.menu.programme.authority_id)
        self.fields["platform"].queryset = Platform.objects.filter(area=dispatch.municipality_id).order_by(
            "kana"
        )

    def stored_values(self) -> dict[str, Any]:
        """What is stored; people and コミプラ by their keys."""
        names = [name for name in self.base_fields if name not in {"once", "revision", "tab"}]
        return {name: self.stored.serializable_value(name) for name in names}


class ProposeForm(AtForm):
    """Whom to ask, for how many visits, and when the first one is."""

    name = "propose"
    advisor = forms.ModelChoiceField(
        label="アドバイザー", queryset=Advisor.objects.none(), empty_label="選んでください"
    )
    visits_count = NumberField(
        label="派遣の回数", min_value=1, max_value=VISITS_MAX,
        widget=forms.TextInput(attrs={"data-ui-unit": "回", "data-ui-size": "s"}),
    )  # fmt: skip
    starts_at = MomentField(label="第1回の始まり")
    ends_at = MomentField(label="第1回の終わり")
    place = LineField(label="場所", max_length=120, required=False)

    def __init__(self, *args: Any, dispatch: Dispatch, **kwargs: Any) -> None:
        known = {"advisor": dispatch.wished_id, "visits_count": dispatch.visits_wanted}
        super().__init__(*args, initial=known, **kwargs)
        self.fields["advisor"].queryset = queries.to_be_asked(dispatch)
        self.fields["advisor"].label_from_instance = lambda row: f"{row.name}({row.base}・{row.fields_words})"


class OfferForm(AtForm):
    """A time the advisor is free."""

    name = "offer"

    starts_at = MomentField(label="始まり")
    ends_at = MomentField(label="終わり")


class MemoForm(AtForm):
    """The 伺い of a draft, and the 科目 that fees and travel are charged to, where the year has any."""

    name = "draft"
    line = forms.ModelChoiceField(
        label="科目", queryset=BudgetLine.objects.none(), empty_label="選んでください"
    )
    amount_yen = YenField(
        label="支出負担行為の額",
        help_text="謝金と旅費の見込み。支払いがこれを超えると、科目に残りがあるかぎり増やします。",
    )
    note = area_text("伺い", required=False, help_text="決裁する人だけが読みます。")

    def __init__(
        self, *args: Any, programme: Programme, expected_yen: int = 0, needed: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        lines = approving.lines_with_left(programme)
        if not lines:
            del self.fields["line"], self.fields["amount_yen"]
            return
        field: Any = self.fields["line"]
        field.queryset = BudgetLine.objects.filter(programme=programme)
        field.choices = [
            ("", "選んでください" if needed else "委託先の契約から払う"),
            *((row.pk, f"{row}(残り{yen(approving.left_of(row))})") for row in lines),
        ]
        field.required = self.fields["amount_yen"].required = needed and expected_yen > 0
        self.initial.setdefault("amount_yen", expected_yen or None)
        if needed and len(lines) == 1:
            self.initial.setdefault("line", lines[0].pk)


class RefusalForm(AtForm):
    """Why nobody is sent."""

    name = "refuse"
    reason = area_text("派遣しない理由", help_text="派遣不承認通知書に、このまま印刷します。")
    note = area_text("伺い", 2, required=False, help_text="決裁する人だけが読みます。")


class CancelForm(NoteForm):
    """Why a decided dispatch is called off, and the number of its letters where it is the office's own."""

    name = "cancel"
    document_number = LineField(
        label="文書番号", max_length=60, help_text="取消通知書の番号です。例:地共第123号"
    )

    def __init__(self, *args: Any, dispatch: Dispatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dispatch.menu.numbering_of(Matter.DISPATCH) != Keeping.EXTERNAL:
            del self.fields["document_number"]
