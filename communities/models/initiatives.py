"""Initiatives 取組: what grows out of a community, stage by stage."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.areas.models import Area
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record

from ..enums import Stage
from .communities import Community


class Initiative(Record):
    """A project or series with a purpose of its own, carried by a community.

    `area` is that of its community, which never moves; kept here because home and ward pages ask by it.
    """

    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, related_name="initiatives", verbose_name="コミュニティ"
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="initiatives", verbose_name="地域", editable=False
    )
    title = Line("名前", max_length=100)
    summary = Line("ひとことで言うと", max_length=200)
    story = Text("くわしく", max_length=4000, blank=True)
    stage = models.CharField("段階", max_length=12, choices=Stage, default=Stage.IDEA)
    stage_changed_at = models.DateTimeField("段階が変わった日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "取組"
        constraints = [
            models.CheckConstraint(
                name="initiative_title_not_empty",
                condition=~Q(title="") & ~Q(summary=""),
                violation_error_message="名前とひとことは、空にできません。",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "-created_at", "-id"], name="initiative_community"),
            models.Index(fields=["stage", "-created_at"], name="initiative_stage"),
            models.Index(
                F("area"),
                F("stage_changed_at").desc(nulls_last=True),
                F("created_at").desc(),
                F("id").desc(),
                name="initiative_area_moved",
                condition=~Q(stage=Stage.ENDED),
            ),
            models.Index(
                F("stage_changed_at").desc(nulls_last=True),
                F("created_at").desc(),
                F("id").desc(),
                name="initiative_moved",
                condition=~Q(stage=Stage.ENDED),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:initiative_detail", args=[self.pk])
