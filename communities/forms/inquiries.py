"""Forms of 一斉照会: writing a paper, answering it."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import QuerySet

from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel.forms import OnceForm

from ..actions.inquiries import MOST, Asked
from ..enums import CommunityState
from ..fields import DayField, LineField, NumberField
from ..models import Community, Inquiry, InquiryQuestion, Theme
from ..models.inquiries import QuestionKind
from ..rules import WARD_STAFF

ROWS = 6  # questions on the page; a longer paper is two papers
STATES = [("published", "公開中"), ("living", "公開中と休止中")]


class InquiryForm(OnceForm):
    """The paper, its questions in fixed rows, and whom it goes to: by filter, or those picked on the list."""

    title = LineField(label="件名", max_length=100)
    text = forms.CharField(
        label="説明", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="なぜたずねるか、答えを何に使うかを書くと、回答が集まりやすくなります。",
    )  # fmt: skip
    due_on = DayField(label="回答の期限")
    area = forms.ModelChoiceField(
        label="地域", queryset=Area.objects.none(), required=False, empty_label="受け持つ地域すべて"
    )
    theme = forms.ModelChoiceField(
        label="テーマ", queryset=Theme.objects.all(), required=False, empty_label="すべてのテーマ"
    )
    state = forms.ChoiceField(label="コミュニティの状態", choices=STATES, required=False, initial="published")

    def __init__(self, *args: Any, scope: Scope, picks: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope, self.picks = scope, picks
        self.codes = sorted(scope.areas(*WARD_STAFF))
        self.fields["area"].queryset = Area.objects.filter(pk__in=self.codes)  # type: ignore[attr-defined]
        for number in range(1, ROWS + 1):
            self.fields[f"label_{number}"] = LineField(
                label=f"質問{number}", max_length=200, required=number == 1
            )
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label="答え方", choices=QuestionKind.choices, required=False, initial=QuestionKind.TEXT
            )
            self.fields[f"choices_{number}"] = LineField(
                label="選択肢", max_length=400, required=False, help_text="「、」で区切ります。「一つ選ぶ」のときだけ使います。"
            )  # fmt: skip

    @property
    def question_rows(self) -> list[tuple[Any, Any, Any]]:
        """The bound fields of each question."""
        return [(self[f"label_{n}"], self[f"kind_{n}"], self[f"choices_{n}"]) for n in range(1, ROWS + 1)]

    def clean(self) -> None:
        self.asked = []
        for number in range(1, ROWS + 1):
            label = self.cleaned_data.get(f"label_{number}", "")
            kind = self.cleaned_data.get(f"kind_{number}") or QuestionKind.TEXT
            choices = [part.strip() for part in self.cleaned_data.get(f"choices_{number}", "").split("、")]
            choices = list(dict.fromkeys(part[:80] for part in choices if part))
            if label and kind == QuestionKind.CHOICE and len(choices) < 2:
                self.add_error(f"choices_{number}", "選択肢を二つ以上、「、」で区切って入力してください。")
            elif label:
                self.asked.append(Asked(kind, label, choices if kind == QuestionKind.CHOICE else ()))
        self.chosen = list(self._recipients()[: MOST + 1])
        if not self.chosen:
            self.add_error(None, ValidationError("この条件に合うコミュニティがありません。", code="nobody"))

    def _recipients(self) -> "QuerySet[Community] | list[Community]":
        rows = Community.objects.filter(area__in=self.codes).order_by("kana", "pk")
        if self.picks:
            return rows.filter(pk__in=self.picks)
        states = [CommunityState.PUBLISHED]
        if self.cleaned_data.get("state") == "living":
            states.append(CommunityState.DORMANT)
        rows = rows.filter(state__in=states)
        if area := self.cleaned_data.get("area"):
            rows = rows.filter(area=area)
        if theme := self.cleaned_data.get("theme"):
            rows = rows.filter(
                pk__in=Community.themes.through.objects.filter(theme=theme).values("community")
            )
        return rows

    def words(self) -> dict[str, Any]:
        """What the paper says and asks, and whom."""
        words = {name: self.cleaned_data[name] for name in ("title", "text", "due_on")}
        return {**words, "questions": self.asked, "communities": self.chosen}

    def cleaned_data_for_action(self) -> dict[str, Any]:
        post = self.scope.post
        home = post.area_code if post and post.area_code in self.codes else self.codes[0]
        return {**self.words(), "area": Area.objects.get(pk=home)}


class InquiryEditForm(InquiryForm):
    """A draft as it stands: its recipients can be left out, those of a filter come beside them."""

    stay = forms.ModelMultipleChoiceField(
        label="いまの相手", queryset=Community.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="送らないところは、チェックを外します。",
    )  # fmt: skip
    more = forms.BooleanField(label="下の条件に合うコミュニティを加える", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    is_stale = False  # somebody else has saved since this page was opened

    def __init__(self, *args: Any, inquiry: Inquiry, **kwargs: Any) -> None:
        asked = list(inquiry.questions.all())
        values = {name: getattr(inquiry, name) for name in ("title", "text", "due_on", "revision")}
        for question in asked:
            values |= {
                f"label_{question.position}": question.label, f"kind_{question.position}": question.kind,
                f"choices_{question.position}": "、".join(question.choices),
            }  # fmt: skip
        super().__init__(*args, picks=[], initial=values, **kwargs)
        now = Community.objects.filter(inquiries__inquiry=inquiry).order_by("kana", "pk")
        self.fields["stay"].queryset = now  # type: ignore[attr-defined]
        self.initial["stay"] = list(now.values_list("pk", flat=True))

    def acts(self, action: Callable[..., Any], **kwargs: Any) -> bool:
        """As every form; told that somebody was first, one may press again, now knowing what stands there."""
        done = super().acts(action, **kwargs)
        self.is_stale = not done and self.is_bound and self.has_error(NON_FIELD_ERRORS, "stale")
        if self.is_stale:
            self.data = cast(Any, self.data).copy()
            self.data["revision"] = str(kwargs["inquiry"].revision)
        return done

    def _recipients(self) -> list[Community]:
        stay = list(self.cleaned_data.get("stay", ()))
        if not self.cleaned_data.get("more"):
            return stay
        known = {row.pk for row in stay}
        return stay + [row for row in super()._recipients()[: MOST + 1] if row.pk not in known]

    def cleaned_data_for_action(self) -> dict[str, Any]:
        return {**self.words(), "revision": self.cleaned_data["revision"]}


class AnswerForm(OnceForm):
    """The questions of a paper, each by its kind; all are answered."""

    def __init__(
        self, *args: Any, questions: list[InquiryQuestion], reply: dict[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            name = f"q_{question.position}"
            self.fields[name] = _field(question)
            self.initial.setdefault(name, reply.get(str(question.pk)))

    @property
    def answers(self) -> list[Any]:
        """The bound fields in their order."""
        return [self[f"q_{question.position}"] for question in self.questions]

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = {
            str(question.pk): self.cleaned_data[f"q_{question.position}"] for question in self.questions
        }
        return {"values": values}


def _field(question: InquiryQuestion) -> forms.Field:
    if question.kind == QuestionKind.NUMBER:
        return NumberField(label=question.label, min_value=0, max_value=10_000_000)
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(
            label=question.label, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
        )
    words = question.choices if question.kind == QuestionKind.CHOICE else ["はい", "いいえ"]
    return forms.ChoiceField(
        label=question.label, choices=[(word, word) for word in words], widget=forms.RadioSelect(attrs={"data-ui-row": "1"})
    )  # fmt: skip
