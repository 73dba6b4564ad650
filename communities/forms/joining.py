"""Forms of invitations and of handing a community over."""

from typing import Any

from django import forms

from portal.kernel.forms import OnceForm
from portal.kernel.renderer import Choice

from .. import queries
from ..enums import MembershipRole
from ..fields import MailField
from ..models import Community, Membership

ROLES = [
    (MembershipRole.MEMBER, Choice("参加者", help="投稿を書き、集まりに加わります。")),
    (
        MembershipRole.ORGANISER,
        Choice("世話人", help="参加の返事、催し、投稿、ページの内容を、いっしょに受け持ちます。"),
    ),
]


class InvitationForm(OnceForm):
    """Whom to invite, as what, with which words."""

    email = MailField(label="招く人のメールアドレス", max_length=254)
    role = forms.ChoiceField(
        label="役割", choices=ROLES, widget=forms.RadioSelect, initial=MembershipRole.MEMBER
    )
    message = forms.CharField(
        label="ひとこと", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="招待のメールに載ります。"
    )  # fmt: skip


class MembershipChoice(forms.ModelChoiceField):
    """A member by name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.name}({obj.get_role_display()})"


class HandOverForm(OnceForm):
    """Who looks after the community from now on."""

    to = MembershipChoice(
        label="引き継ぐ人", queryset=Membership.objects.none(), required=False, empty_label="ほかの世話人に任せる",
        help_text="引き継いだ人にメールでお知らせします。あなたは参加者として残ります。",
    )  # fmt: skip

    def __init__(self, *args: Any, community: Community, mine: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = queries.active_members_of(community).exclude(pk=mine.pk)
        self.fields["to"].queryset = rows  # type: ignore[attr-defined]


class LeaveForm(OnceForm):
    """Leaving: the last organiser leaves a word for the area's officers."""

    note = forms.CharField(
        label="地域の担当者への伝言", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="あとの世話をだれに頼めるか、連絡の取り方など。",
    )  # fmt: skip

    def __init__(self, *args: Any, alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not alone and not self.is_bound:
            del self.fields["note"]
