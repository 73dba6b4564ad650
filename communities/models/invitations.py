"""Invitations by mail: somebody is asked to take part, whether they have an account or not."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from ..enums import InvitationState, MembershipRole
from .communities import Community


class Invitation(Record):
    """One mail to one address. Its link is worth something to the account of that address only."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("email", "message", "invited_by"),
        retention="1y",
        purpose="世話人が招いた人に招待を届け、返事を受けるため",
    )

    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, related_name="invitations", verbose_name="コミュニティ"
    )
    email = Line("メールアドレス", max_length=254)
    role = models.CharField("役割", max_length=10, choices=MembershipRole, default=MembershipRole.MEMBER)
    message = Text("ひとこと", max_length=400, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="招いた人",
    )
    expires_on = models.DateField("この日まで")
    token_version = models.PositiveSmallIntegerField("リンクの版", default=1)
    state = models.CharField("状態", max_length=10, choices=InvitationState, default=InvitationState.SENT)
    answered_at = models.DateTimeField("返事をした日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "招待"
        constraints = [
            models.UniqueConstraint(
                fields=["community", "email"],
                name="invitation_one_open",
                condition=Q(state=InvitationState.SENT),
                violation_error_message="この方には、もう招待を送っています。返事を待っています。",
            ),
            models.CheckConstraint(
                name="invitation_email_form",
                condition=Q(email__contains="@"),
                violation_error_message="メールアドレスの形が正しくありません。",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "-created_at", "-id"], name="invitation_community"),
            models.Index(
                fields=["email"], name="invitation_open_to", condition=Q(state=InvitationState.SENT)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.get_state_display()}"

    @property
    def is_over(self) -> bool:
        """Whether its two weeks have passed."""
        return clock.today_jst() > self.expires_on
