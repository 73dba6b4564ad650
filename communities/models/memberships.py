"""Memberships: who belongs to a community, in which role, and what of it they show."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from ..enums import LIVE_MEMBERSHIPS, MembershipRole, MembershipState
from .communities import Community


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), exclude=["message", "about"])
class Membership(Record):
    """One person's way through one community. The row history keeps role and state, never what they wrote."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("user", "message", "about"),
        retention="account",
        purpose="コミュニティの参加を受け付け、世話人が返事と連絡をするため",
    )

    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, related_name="memberships", verbose_name="コミュニティ"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name="参加者"
    )
    role = models.CharField("役割", max_length=10, choices=MembershipRole, default=MembershipRole.MEMBER)
    state = models.CharField(
        "状態", max_length=10, choices=MembershipState, default=MembershipState.REQUESTED
    )
    message = Text("ひとこと", max_length=400, blank=True)
    show_name = models.BooleanField("名前を公開する", default=False)
    about = Line("名前にそえる紹介", max_length=60, blank=True)
    joined_at = models.DateTimeField("参加した日時", null=True, blank=True)
    answered_at = models.DateTimeField("返事をした日時", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="返事をした人",
    )
    left_at = models.DateTimeField("退会した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "参加"
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user"],
                name="membership_one_live",
                condition=Q(state__in=LIVE_MEMBERSHIPS),
                violation_error_message="このコミュニティには、もう参加しているか、返事を待っています。",
            ),
            models.CheckConstraint(
                name="membership_joined_at_iff_came_in",
                condition=Q(state__in=[MembershipState.ACTIVE, MembershipState.LEFT], joined_at__isnull=False)
                | (~Q(state__in=[MembershipState.ACTIVE, MembershipState.LEFT]) & Q(joined_at__isnull=True)),
                violation_error_message="参加した日時は、参加した人だけが持ちます。",
            ),
            models.CheckConstraint(
                name="membership_left_at_iff_left",
                condition=Q(state=MembershipState.LEFT, left_at__isnull=False)
                | (~Q(state=MembershipState.LEFT) & Q(left_at__isnull=True)),
                violation_error_message="退会した日時は、退会した人だけが持ちます。",
            ),
            models.CheckConstraint(
                name="membership_organiser_is_active",
                condition=Q(role=MembershipRole.MEMBER)
                | Q(
                    role=MembershipRole.ORGANISER,
                    state__in=[
                        MembershipState.ACTIVE,
                        MembershipState.INVITED,
                        MembershipState.REFUSED,
                        MembershipState.LEFT,
                    ],
                ),
                violation_error_message="世話人になれるのは、参加している人か、世話人として招いた人だけです。",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state", "created_at", "id"], name="membership_desk"),
            models.Index(fields=["user", "state"], name="membership_standing"),
            models.Index(
                fields=["created_at"], name="membership_waiting", condition=Q(state=MembershipState.REQUESTED)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community_id} {self.role}"
