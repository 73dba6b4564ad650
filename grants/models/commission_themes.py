"""テーマ of menu ④: what a municipality proposes to be worked on in the area of a formed コミプラ."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from grants.commission.enums import UNSENT, ThemeState
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .written import Written


class CommissionTheme(Written, Record):
    """One theme. `state` is written by `commission.workflow.THEME` only; `revision` rises with every save."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("created_by", "proposed_by", "judged_by", "saved_by"),
        retention="5y",
        purpose="モデル的な取組のテーマを受け付け、選定の結果を知らせるため",
    )

    menu = models.ForeignKey(
        "grants.Menu", on_delete=models.PROTECT, verbose_name="メニュー", related_name="themes"
    )
    municipality = models.ForeignKey(
        "areas.Area", on_delete=models.PROTECT, verbose_name="市町村", related_name="+"
    )
    platform = models.ForeignKey(
        "communities.Platform", on_delete=models.PROTECT, verbose_name="コミプラ", related_name="+"
    )
    title = Line("テーマ", max_length=120)
    problem = Text("地域の課題", max_length=1500)
    wanted = Text("求める取組", max_length=1500)
    support = Text("市町村が協力すること", max_length=1000, blank=True)
    state = models.CharField("状態", max_length=12, choices=ThemeState, default=ThemeState.DRAFT)
    revision = models.PositiveIntegerField("版", default=1)
    created_by = person("作った人")
    proposed_at = models.DateTimeField("提案日時", null=True, blank=True)
    proposed_by = person("提案した人")
    judged_at = models.DateTimeField("選定の日時", null=True, blank=True)
    judged_by = person("選定した人")

    class Meta:
        verbose_name = verbose_name_plural = "テーマ"
        constraints = [
            models.CheckConstraint(
                name="commissiontheme_proposed_iff_left_draft",
                condition=Q(state__in=UNSENT, proposed_at__isnull=True)
                | (~Q(state__in=UNSENT) & Q(proposed_at__isnull=False)),
                violation_error_message="提案日時は、提案したテーマだけが持ちます。",
            ),
            models.CheckConstraint(
                name="commissiontheme_judged_iff_stamped",
                condition=Q(state__in=[ThemeState.SELECTED, ThemeState.NOT_SELECTED], judged_at__isnull=False)
                | Q(state__in=[*UNSENT, ThemeState.PROPOSED, ThemeState.WITHDRAWN], judged_at__isnull=True),
                violation_error_message="選定の日時は、選定か不選定のテーマだけが持ちます。",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-created_at", "-id"], name="commissiontheme_of_town"),
            models.Index(fields=["menu", "-proposed_at"], name="commissiontheme_of_menu"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The municipality's page."""
        return reverse("grants:theme_detail", args=[self.pk])

    def get_part_url(self, part: str) -> str:
        """Where what was set aside of it is written."""
        return self.get_absolute_url()

    def get_propose_url(self) -> str:
        return reverse("grants:theme_propose", args=[self.pk])

    def get_give_up_url(self) -> str:
        return reverse("grants:theme_give_up", args=[self.pk])

    def get_staff_url(self) -> str:
        """The prefecture's page."""
        return reverse("grants:staff_theme", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == ThemeState.DRAFT
