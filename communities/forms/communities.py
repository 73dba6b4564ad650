"""Forms of communities and memberships."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel.forms import OnceForm
from portal.kernel.renderer import Choice
from portal.kernel.workflow import Transition

from ..calculations.names import guessed_kana
from ..enums import JoinPolicy
from ..fields import DayField, LineField, MailField, NameKanaField
from ..models import Community, Theme
from ..rules import WARD_STAFF

POLICIES = [
    (JoinPolicy.OPEN, Choice("だれでも参加できる", help="申し込むと、すぐに参加者になります。")),
    (JoinPolicy.APPROVAL, Choice("世話人の承認を受けて参加する", help="3日以内に世話人が返事をします。")),
    (JoinPolicy.INVITATION, Choice("世話人が招いた人だけが参加する", help="参加の申込みは受け付けません。")),
]


class CommunityForm(OnceForm):
    """A community in one short form. `publish` is its second button."""

    name = LineField(
        label="名前", max_length=80, help_text="会則やちらしにある、正しい名前です。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    kana = NameKanaField(
        label="フリガナ",
        max_length=120,
        help_text="ページのアドレスにもなります。",
    )
    area = forms.ModelChoiceField(label="地域", queryset=Area.objects.none(), empty_label=None)
    summary = LineField(
        label="ひとことで言うと",
        max_length=200,
        widget=forms.TextInput(attrs={"data-ui-note": "200字まで。一覧に出ます。"}),
    )
    story = forms.CharField(
        label="活動の紹介", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    themes = forms.ModelMultipleChoiceField(
        label="テーマ",
        queryset=Theme.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-ui-row": "1"}),
    )
    join_policy = forms.ChoiceField(
        label="参加のしかた", choices=POLICIES, widget=forms.RadioSelect, initial=JoinPolicy.APPROVAL
    )
    contact = LineField(
        label="公開する連絡先", max_length=200, required=False, help_text="だれでも見られます。個人の電話番号は書かないでください。"
    )  # fmt: skip

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = sorted(scope.areas(*WARD_STAFF))
        self.fields["area"].queryset = Area.objects.filter(pk__in=codes)  # type: ignore[attr-defined]
        if scope.post and scope.post.area_code in codes:
            self.initial.setdefault("area", scope.post.area_code)

    def cleaned_data_for_action(self) -> dict[str, Any]:
        return {**super().cleaned_data_for_action(), "publish": self.data.get("publish") == "1"}


class CommunityNewForm(CommunityForm):
    """The short form: the reading is guessed where the name itself says it, the organiser is asked by mail."""

    organiser_email = MailField(
        label="世話人にお願いする方のメールアドレス", max_length=254, required=False,
        help_text="招待のメールが届きます。あとからでも招けます。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autofocus"] = True
        name = self.data.get("name", "") if self.is_bound else ""
        if name and not self.data.get("kana") and (kana := guessed_kana(name)):
            self.data = self.data.copy()
            self.data["kana"] = kana


class CommunityEditForm(CommunityForm):
    """Everything that can be changed later; the area stays."""

    area = None  # type: ignore[assignment]
    variants = forms.CharField(
        label="別の書き方", required=False, max_length=400, help_text="1行に一つ。検索で見つかるようになります。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    join_note = LineField(label="参加を考えている人へ", max_length=200, required=False)
    meets = LineField(label="集まり", max_length=80, required=False, help_text="例:毎月第1土曜 18時30分から")
    place = LineField(label="場所", max_length=120, required=False)
    founded_on = DayField(label="始まり", required=False, help_text="分からないときは空のままにします。")

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        names = (
            "name",
            "kana",
            "summary",
            "story",
            "join_policy",
            "contact",
            "join_note",
            "meets",
            "place",
            "founded_on",
        )
        initial = {name: getattr(community, name) for name in names}
        initial |= {"variants": "\n".join(community.variants), "themes": community.themes.all()}
        OnceForm.__init__(self, *args, initial=initial, **kwargs)

    def clean_variants(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["variants"].splitlines()]
        if any(len(line) > 80 for line in lines):
            raise forms.ValidationError("別の書き方は、一つ80字までで入力してください。")
        return [line for line in lines if line][:10]

    def cleaned_data_for_action(self) -> dict[str, Any]:
        return OnceForm.cleaned_data_for_action(self)


class JoinForm(OnceForm):
    """Ask to come in. Whether the name is shown is asked of adults only."""

    message = forms.CharField(
        label="ひとこと", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="世話人だけが読みます。やってみたいこと、できることなど。",
    )  # fmt: skip
    show_name = forms.BooleanField(
        label="コミュニティのページに、わたしの名前を載せる", required=False, help_text="あとから変えられます。載せなくても参加できます。"
    )  # fmt: skip

    def __init__(self, *args: Any, adult: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not adult:
            del self.fields["show_name"]


class ShowForm(OnceForm):
    """What the community's page says about me."""

    show_name = forms.BooleanField(label="コミュニティのページに、わたしの名前を載せる", required=False)
    about = LineField(
        label="名前にそえる紹介", max_length=60, required=False, help_text="例:新津の喫茶店主、大学3年・まちづくり"
    )  # fmt: skip


ENDING = frozenset({"rest", "close", "close_entries", "discard", "withdraw"})


class StepForm(OnceForm):
    """The buttons of a procedure: those this person can press now, with a reason where one is asked for.

    `names` are all that the procedure knows: a button of an old page is answered by the procedure itself, with 409.
    """

    note = forms.CharField(
        label="理由", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="相手に表示されます。",
    )  # fmt: skip

    def __init__(self, *args: Any, steps: Sequence[Transition], names: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps, self.names = steps, frozenset(names)
        if not self.is_bound and not any(step.needs_note for step in steps):
            del self.fields["note"]

    @property
    def plain_steps(self) -> list[Transition]:
        """Those that need no reason."""
        return [step for step in self.steps if not step.needs_note]

    @property
    def lead(self) -> str:
        """The step drawn as the main button: the first, unless it ends something that goes well as it is."""
        first = next(iter(self.plain_steps), None)
        return first.name if first and first.name not in ENDING else ""

    @property
    def noted_steps(self) -> list[Transition]:
        """Those for which the other side reads why."""
        return [step for step in self.steps if step.needs_note]

    def clean(self) -> None:
        if self.data.get("step") not in self.names:
            raise forms.ValidationError(
                "どのボタンが押されたか分かりませんでした。もう一度押してください。", code="step"
            )

    def cleaned_data_for_action(self) -> dict[str, Any]:
        return {"step": self.data["step"], "note": self.cleaned_data.get("note", "")}
