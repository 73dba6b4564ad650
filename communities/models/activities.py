"""活動記録: what a community did on a day, with how many people, as the community itself says."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.kernel.fields import Line, Text
from portal.kernel.models import Record

from ..enums import ActivityState
from .communities import Community
from .events import Event
from .initiatives import Initiative


class Activity(Record):
    """One day (or a few) of activity. `people_count` 実人数: different people; `visits_count` 延べ: everybody each time."""

    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, related_name="activities", verbose_name="コミュニティ"
    )
    title = Line("したこと", max_length=100)
    held_on = models.DateField("日付")
    place = Line("場所", max_length=120, blank=True)
    people_count = models.PositiveIntegerField("参加した人(実人数)", null=True, blank=True)
    visits_count = models.PositiveIntegerField("参加した人(延べ)", null=True, blank=True)
    summary = Text("ようす", max_length=2000)
    outcome = Text("成果", max_length=1000, blank=True)
    event = models.ForeignKey(
        Event,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="つながる催し",
    )
    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="つながる取組",
    )
    state = models.CharField("状態", max_length=10, choices=ActivityState, default=ActivityState.PUBLISHED)

    class Meta:
        verbose_name = verbose_name_plural = "活動記録"
        constraints = [
            models.CheckConstraint(
                name="activity_not_empty",
                condition=~Q(title="") & ~Q(summary=""),
                violation_error_message="したことと、ようすは、空にできません。",
            ),
            models.CheckConstraint(
                name="activity_visits_not_below_people",
                condition=Q(people_count__isnull=True)
                | Q(visits_count__isnull=True)
                | Q(visits_count__gte=F("people_count")),
                violation_error_message="延べ人数は、実人数より少なくなりません。",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "-held_on", "-id"], name="activity_community"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:activity_detail", args=[self.community.slug, self.pk])
