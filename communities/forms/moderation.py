"""Forms of moderation: report, answer, hide, appeal."""

from collections.abc import Callable, Sequence
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError

from portal.kernel.forms import OnceForm

from ..enums.people import ReportReason
from ..models import Community, PostingRule, Report

TOO_MANY = "知らせを続けてたくさん受け取りました。しばらく待ってから送ってください。"


class ReportForm(OnceForm):
    """Say what is wrong. Limited by connection: a crowd may report, a script may not."""

    reason = forms.ChoiceField(label="どんなことですか", choices=ReportReason, widget=forms.RadioSelect)
    text = forms.CharField(
        label="くわしいこと", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="どの部分が、なぜ困るのかを書いてください。担当者だけが読みます。",
    )  # fmt: skip

    def acts(self, action: Callable[..., Any], **kwargs: Any) -> bool:
        """As every form, but 429 for more than the rate in settings/accounts.py."""
        ready = self.is_bound and self.is_valid() and not self._csrf_failed()
        if ready and not ratelimit.consume(self.request, action="report"):
            return self._no(429, ValidationError(TOO_MANY, code="rate"))
        return super().acts(action, **kwargs)


class HideForm(OnceForm):
    """Hide at once, with the reason its author reads."""

    reason = forms.CharField(
        label="理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text="書いた人に伝わります。"
    )  # fmt: skip


class QueueForm(OnceForm):
    """Several reports answered at once: which, how, and why."""

    reports = forms.ModelMultipleChoiceField(
        queryset=Report.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "知らせを選んでください。", "invalid_choice": "選んだ知らせが見つかりません。画面を開き直してください。"},
    )  # fmt: skip
    note = forms.CharField(
        label="非表示にする理由", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="「非表示にする」を押すときは必要です。書いた人に伝わります。",
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reports"].queryset = offered  # type: ignore[attr-defined]

    def clean(self) -> None:
        if self.data.get("step") not in ("uphold", "dismiss"):
            raise ValidationError(
                "どのボタンが押されたか分かりませんでした。もう一度押してください。", code="step"
            )

    def chosen(self) -> Sequence[str]:
        """The ids that were ticked, to be ticked again."""
        return self.data.getlist("reports") if self.is_bound else []

    def cleaned_data_for_action(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"reports": list(data["reports"]), "step": self.data["step"], "note": data["note"]}


class AppealForm(OnceForm):
    """Ask once for another look."""

    text = forms.CharField(
        label="異議の理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="出せるのは一度だけです。非表示にした人とは別の担当者が読みます。",
    )  # fmt: skip


class PostingRuleForm(OnceForm):
    """The community's own rule for first texts."""

    holds_first = forms.BooleanField(
        label="新しい参加者の最初の投稿を、世話人が確かめてから載せる", required=False,
        help_text="二つめからは、すぐに載ります。世話人の投稿は、いつでもすぐに載ります。",
    )  # fmt: skip

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        rule = PostingRule.objects.filter(community=community).first()
        super().__init__(*args, initial={"holds_first": bool(rule and rule.holds_first)}, **kwargs)
