"""What a workshop's plan consists of, its frozen versions, and the report of it."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.dispatch.enums import PayeeKind
from grants.workshop.enums import COUNT_MAX, FEE_MAX, LECTURERS_MAX, PREFECTURE_PAYS, Doer, Duty, Payer
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .dispatch_advisors import Moments
from .workshops import Workshop

COUNTS = (
    "residents_count",
    "organisations_count",
    "municipal_count",
    "prefecture_count",
    "others_count",
)  # people of a report, by kind


class WorkshopLecturer(Record):
    """Who speaks. Of the register of ① where `advisor` stands; the plan both sides agreed to keeps that one's time.

    `user`: their own account, with which they read what they are asked for and confirm the date (`confirmed_at`).

    `kept_from` and `kept_until` stand while the time is kept: two such times of one advisor never overlap. That no visit
    of ① lies in it is seen to under the advisor's lock (`workshop.lecturing`).
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("name", "affiliation", "advisor", "user"),
        retention="5y",
        purpose="ワークショップの講師を決め、謝金と旅費を支払うため",
    )

    workshop = models.ForeignKey(
        Workshop, on_delete=models.PROTECT, verbose_name="ワークショップ", related_name="lecturers"
    )
    position = models.PositiveSmallIntegerField("順")
    advisor = models.ForeignKey(
        "grants.Advisor", on_delete=models.PROTECT, verbose_name="アドバイザー", related_name="+", null=True, blank=True
    )  # fmt: skip
    user = person("利用者")
    name = Line("氏名", max_length=60)
    affiliation = Line("所属・職", max_length=80, blank=True)
    topic = Line("話すこと", max_length=120, blank=True)
    payee_kind = models.CharField("支払先", max_length=8, choices=PayeeKind, default=PayeeKind.PERSON)
    fee_yen = models.PositiveIntegerField("謝金(円)", default=0)
    travel_yen = models.PositiveIntegerField("旅費(円)", default=0)
    kept_from = models.DateTimeField("空けておく始まり", null=True, blank=True)
    kept_until = models.DateTimeField("空けておく終わり", null=True, blank=True)
    confirmed_at = models.DateTimeField("日時を確かめた日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "ワークショップの講師"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "position"],
                name="workshoplecturer_position_once",
                violation_error_message="同じ順の講師が、もういます。",
            ),
            models.CheckConstraint(
                name="workshoplecturer_in_range",
                condition=Q(
                    position__range=(1, LECTURERS_MAX), fee_yen__lte=FEE_MAX, travel_yen__lte=FEE_MAX
                ),
                violation_error_message="講師の謝金か旅費が、入力できる範囲の外です。",
            ),
            models.CheckConstraint(
                name="workshoplecturer_confirms_oneself",
                condition=Q(confirmed_at__isnull=True) | Q(user__isnull=False),
                violation_error_message="日時を確かめるのは、利用者の登録がある講師です。",
            ),
            models.CheckConstraint(
                name="workshoplecturer_keeps_whole_times",
                condition=Q(kept_from__isnull=True, kept_until__isnull=True)
                | Q(
                    advisor__isnull=False,
                    kept_from__isnull=False,
                    kept_until__isnull=False,
                    kept_until__gt=F("kept_from"),
                ),
                violation_error_message="時間を空けておくのは、アドバイザーだけです。",
            ),
            ExclusionConstraint(
                name="workshoplecturer_advisor_not_twice",
                expressions=[
                    ("advisor", RangeOperators.EQUAL),
                    (Moments("kept_from", "kept_until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(kept_from__isnull=False),
                violation_error_message="このアドバイザーには、その時間に別の予定があります。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The lecturer's own page."""
        return reverse("grants:lecture_detail", args=[self.pk])

    @property
    def sum_yen(self) -> int:
        """What the prefecture pays for this lecturer, before tax is withheld."""
        return self.fee_yen + self.travel_yen


class WorkshopDuty(Record):
    """Who does one thing, and who pays for it."""

    workshop = models.ForeignKey(
        Workshop, on_delete=models.PROTECT, verbose_name="ワークショップ", related_name="duties"
    )
    position = models.PositiveSmallIntegerField("順")
    kind = models.CharField("すること", max_length=10, choices=Duty)
    doer = models.CharField("する人", max_length=12, choices=Doer)
    payer = models.CharField("払う人", max_length=12, choices=Payer)
    note = Line("くわしく", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "役割と経費の分担"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "kind"],
                name="workshopduty_kind_once",
                violation_error_message="同じ役割が、もうあります。",
            ),
            models.CheckConstraint(
                name="workshopduty_prefecture_pays_lecturers",
                condition=~Q(payer=Payer.PREFECTURE) | Q(kind__in=sorted(PREFECTURE_PAYS)),
                violation_error_message="県が負担するのは、講師等の謝金・旅費などだけです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_doer_display()}"


class WorkshopPlan(Record):
    """The plan as both sides agreed to it: version `number`. Written once, never changed."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("content",), retention="5y", purpose="合意した開催の計画を残すため"
    )

    workshop = models.ForeignKey(
        Workshop, on_delete=models.PROTECT, verbose_name="ワークショップ", related_name="plans"
    )
    number = models.PositiveSmallIntegerField("版")
    content = models.JSONField("計画の内容")

    class Meta:
        verbose_name = verbose_name_plural = "合意した計画"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "number"],
                name="workshopplan_number_once",
                violation_error_message="同じ版の計画が、もうあります。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop} 第{self.number}版"


class WorkshopReport(Record):
    """What the 窓口 reports: people by kind, the figures of the questionnaire, what came of it, the next step."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("written_by",), retention="5y", purpose="ワークショップの結果を確かめるため"
    )

    workshop = models.OneToOneField(
        Workshop, on_delete=models.PROTECT, verbose_name="ワークショップ", related_name="report"
    )
    residents_count = models.PositiveIntegerField("住民")
    organisations_count = models.PositiveIntegerField("コミプラ・自治会・NPOなど")
    municipal_count = models.PositiveIntegerField("市町村の職員")
    prefecture_count = models.PositiveIntegerField("県の職員")
    others_count = models.PositiveIntegerField("その他")
    survey_count = models.PositiveIntegerField("アンケートの回答数", null=True, blank=True)
    survey_average = models.DecimalField(
        "アンケートの平均(5点満点)", max_digits=2, decimal_places=1, null=True, blank=True
    )
    survey_note = Text("アンケートの主な声", max_length=1000, blank=True)
    outcome = Text("話しあったことと成果", max_length=2000)
    next_step = Text("次の取組", max_length=1000)
    written_by = person("報告した人")

    class Meta:
        verbose_name = verbose_name_plural = "ワークショップの報告"
        constraints = [
            models.CheckConstraint(
                name="workshopreport_counts_possible",
                condition=Q(**{f"{name}__lte": COUNT_MAX for name in COUNTS}),
                violation_error_message=f"人数は、それぞれ{COUNT_MAX:,}人までです。",
            ),
            models.CheckConstraint(
                name="workshopreport_survey_whole",
                condition=Q(survey_average__isnull=True)
                | Q(survey_count__isnull=False, survey_count__gte=1, survey_average__range=(1, 5)),
                violation_error_message="アンケートの平均は、回答数といっしょに、1から5までで入れてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop}の報告"

    @property
    def people_count(self) -> int:
        """Everybody who took part."""
        return int(sum(getattr(self, name) for name in COUNTS))

    @property
    def people_rows(self) -> list[tuple[str, int]]:
        """「住民」, 12 …"""
        return [(str(self._meta.get_field(name).verbose_name), getattr(self, name)) for name in COUNTS]
