"""Platforms コミプラ: bodies of a school district that solve its problems themselves (鹿児島県)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.areas.models import Area, SchoolDistrict
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from ..enums import OrganisationKind, PlatformPhase


class LegalForm(models.TextChoices):
    """法人格 of a コミプラ."""

    VOLUNTARY = "voluntary", "任意団体"
    NEIGHBOURHOOD = "nbhd", "認可地縁団体"
    NPO = "npo", "NPO法人"
    ASSOCIATION = "assoc", "一般社団法人"
    OTHER = "other", "その他の法人"


class PartKind(models.TextChoices):
    """What a platform is made of."""

    BODY = "body", "構成団体"
    TEAM = "team", "部会"


class Platform(Record):
    """コミュニティ・プラットフォーム of one or more school districts. `stage` is the newest row of its history."""

    name = Line("名前", max_length=80)
    kana = Line("フリガナ", max_length=120)
    slug = models.SlugField("アドレス用の名前", max_length=140, editable=False)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="platforms", verbose_name="市町村・区"
    )
    summary = Text("概要", max_length=1000, blank=True)
    districts = models.ManyToManyField(
        SchoolDistrict, related_name="platforms", verbose_name="校区", blank=True
    )
    stage = models.CharField(
        "ステージ", max_length=12, choices=PlatformPhase, default=PlatformPhase.CONSIDERING
    )
    legal_form = models.CharField("法人格", max_length=10, choices=LegalForm, blank=True)
    block_grant = models.BooleanField("包括的な交付金を受けている", null=True, blank=True)
    plan_title = Line("地域づくり計画の名前", max_length=80, blank=True)
    plan_from = models.DateField("計画の始まり", null=True, blank=True)
    plan_to = models.DateField("計画の終わり", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "コミュニティ・プラットフォーム"
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                name="platform_slug",
                violation_error_message="同じ読みのコミプラが、同時に登録されました。もう一度ボタンを押してください。",
            ),
            models.CheckConstraint(
                name="platform_plan_ends_after_start",
                condition=Q(plan_from__isnull=True)
                | Q(plan_to__isnull=True)
                | Q(plan_to__gte=F("plan_from")),
                violation_error_message="計画の終わりは、始まりより後の日付にしてください。",
            ),
            models.CheckConstraint(
                name="platform_name_not_empty",
                condition=~Q(name="") & ~Q(kana="") & ~Q(slug=""),
                violation_error_message="名前とフリガナは、空にできません。",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="platform_recent"),
            models.Index(fields=["area", "-created_at", "-id"], name="platform_area_recent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:platform_detail", args=[self.slug])


class PlatformStage(Record):
    """From which day a platform stands at a stage: set by the municipality, confirmed by the prefecture."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("set_by", "confirmed_by"), retention="10y", purpose="ステージを決めた職員を記録するため"
    )

    platform = models.ForeignKey(
        Platform, on_delete=models.PROTECT, related_name="stages", verbose_name="コミプラ"
    )
    stage = models.CharField("ステージ", max_length=12, choices=PlatformPhase)
    since_on = models.DateField("この日から")
    note = Text("理由", max_length=400, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="決めた人",
    )
    confirmed_at = models.DateTimeField("県が確認した日時", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="確認した人",
    )

    class Meta:
        verbose_name = verbose_name_plural = "ステージの履歴"
        ordering = ["since_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="platformstage_confirmed_by_has_time",
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_at__isnull=False),
                violation_error_message="確認した人があるときは、確認した日時も要ります。",
            ),
        ]
        indexes = [models.Index(fields=["platform", "since_on", "created_at"], name="platformstage_history")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.since_on}"


class PlatformPart(Record):
    """A body that carries a platform, or one of its 部会, with what it does there. Bodies and roles, no people."""

    platform = models.ForeignKey(
        Platform, on_delete=models.PROTECT, related_name="parts", verbose_name="コミプラ"
    )
    part = models.CharField("種類", max_length=4, choices=PartKind)
    name = Line("名前", max_length=80)
    kind = models.CharField("主体の区分", max_length=16, choices=OrganisationKind, blank=True)
    role = Line("役割", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "構成団体と部会"
        ordering = ["part", "created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "part", "name"],
                name="platformpart_once",
                violation_error_message="この名前は、もう載っています。",
            ),
            models.CheckConstraint(
                name="platformpart_name_not_empty",
                condition=~Q(name=""),
                violation_error_message="名前は、空にできません。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
