"""Pitches: a minute in which one person tells a meeting what they would like everybody to know (秋葉区「1分間ピッチ」)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.kernel.fields import Line
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from ..enums.events import LIVE_PITCHES, PitchState
from .events import Event


class Pitch(Record):
    """One slot. `place` is its turn, counted from 1 without a gap among the accepted ones of its event.

    The name stands on the screen of the meeting and on the run sheet only; public pages show the title.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("user", "name", "note"), retention="1y", purpose="催しの進行と、順番の連絡のため"
    )

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="pitches", verbose_name="イベント"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="利用者",
    )  # fmt: skip
    name = Line("話す人", max_length=80)
    title = Line("題", max_length=80)
    note = Line("世話人へのひとこと", max_length=200, blank=True)
    place = models.PositiveSmallIntegerField("順番", null=True, blank=True)
    state = models.CharField("状態", max_length=10, choices=PitchState, default=PitchState.REQUESTED)

    class Meta:
        verbose_name = verbose_name_plural = "ピッチ"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "user"],
                name="pitch_one_live_per_user",
                condition=Q(state__in=LIVE_PITCHES, user__isnull=False),
                violation_error_message="この催しのピッチには、もう申し込んでいます。",
            ),
            models.UniqueConstraint(
                fields=["event", "place"],
                name="pitch_place",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="順番が重なっています。もう一度お試しください。",
            ),
            models.CheckConstraint(
                name="pitch_place_iff_accepted",
                condition=Q(state=PitchState.ACCEPTED, place__gte=1)
                | (~Q(state=PitchState.ACCEPTED) & Q(place__isnull=True)),
                violation_error_message="順番は、受け入れたピッチだけが持ちます。",
            ),
        ]

    def __str__(self) -> str:
        return self.title
