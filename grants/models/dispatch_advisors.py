"""Advisors of menu ①: who they are, what they agreed to show, and the times they offer."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from grants.dispatch.enums import FEE_MAX, FeeUnit, PayeeKind, Shown, Subject
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.fiscal import FiscalYear, fiscal_year
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy


class Moments(Func):
    """The half-open range of two instants: adjacent ones do not overlap."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def moments() -> Moments:
    """From `starts_at` up to, not including, `ends_at`."""
    return Moments("starts_at", "ends_at", RangeBoundary())


class Advisor(Record):
    """A person whom an authority may send. `user`: their account, with which they answer, offer times and report.

    `shown`: what they agreed to show to everybody; nothing else of them is public. `offices`: where they go (none: anywhere).
    Years are 年度; without `active_to` it goes on.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("user", "name", "kana", "profile", "base"),
        retention="5y",
        purpose="市町村へ派遣するアドバイザーを登録し、日程を調整し、謝金を支払うため",
    )

    authority = models.ForeignKey(
        "areas.Authority", on_delete=models.PROTECT, verbose_name="団体", related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        verbose_name="利用者",
        related_name="+",
        null=True,
        blank=True,
    )
    name = Line("氏名", max_length=60)
    kana = Line("フリガナ", max_length=120)
    profile = Text("紹介", max_length=1000, blank=True)
    fields = ArrayField(models.CharField(max_length=16, choices=Subject), verbose_name="分野", default=list)
    base = Line("活動の拠点", max_length=60)
    offices = models.ManyToManyField("areas.Section", verbose_name="行ける地域", related_name="+", blank=True)
    payee_kind = models.CharField("支払先", max_length=8, choices=PayeeKind, default=PayeeKind.PERSON)
    fee_yen = models.PositiveIntegerField("謝金の単価(円)")
    fee_unit = models.CharField("単価の単位", max_length=8, choices=FeeUnit, default=FeeUnit.VISIT)
    active_from = models.PositiveSmallIntegerField("活動を始める年度")
    active_to = models.PositiveSmallIntegerField("活動を終える年度", null=True, blank=True)
    shown = ArrayField(
        models.CharField(max_length=8, choices=Shown),
        verbose_name="公開してよいもの",
        default=list,
        blank=True,
    )

    class Meta:
        verbose_name = verbose_name_plural = "アドバイザー"
        ordering = ["kana", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "user"],
                name="advisor_one_of_a_person",
                violation_error_message="この利用者は、もうアドバイザーとして登録されています。",
            ),
            models.CheckConstraint(
                name="advisor_has_fields",
                condition=Q(fields__len__gte=1),
                violation_error_message="分野を、一つ以上選んでください。",
            ),
            models.CheckConstraint(
                name="advisor_years_in_order",
                condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")),
                violation_error_message="活動を終える年度は、始める年度と同じか、それより後にしてください。",
            ),
            models.CheckConstraint(
                name="advisor_fee_in_range",
                condition=Q(fee_yen__lte=FEE_MAX),
                violation_error_message="謝金の単価が、入力できる範囲の外です。",
            ),
        ]
        indexes = [models.Index(fields=["authority", "kana", "id"], name="advisor_of_authority")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The officers' page."""
        return reverse("grants:advisor_detail", args=[self.pk])

    def get_edit_url(self) -> str:
        return reverse("grants:advisor_edit", args=[self.pk])

    @property
    def fields_words(self) -> str:
        return "、".join(Subject(value).label for value in self.fields)

    @property
    def fee_words(self) -> str:
        """「1回 15,000円」."""
        return f"{self.get_fee_unit_display()} {self.fee_yen:,}円"

    @property
    def years_words(self) -> str:
        """「令和8年度から令和9年度まで」."""
        ends = f"{FiscalYear(self.active_to).label}まで" if self.active_to else ""
        return f"{FiscalYear(self.active_from).label}から{ends}"

    @property
    def is_active(self) -> bool:
        """In the 年度 of today."""
        return self.is_active_in(fiscal_year(clock.today_jst()))

    def is_active_in(self, year: int) -> bool:
        return self.active_from <= year and (self.active_to is None or year <= self.active_to)

    def knows(self, subject: str) -> bool:
        """Whether the subject is one of the fields; 「その他」 is judged by the officer."""
        return subject == Subject.OTHER or subject in self.fields

    # What everybody may read, as far as they agreed.
    @property
    def public_name(self) -> str:
        return self.name if Shown.NAME in self.shown else "氏名は公開していません"

    @property
    def public_fields(self) -> str:
        return self.fields_words if Shown.FIELDS in self.shown else ""

    @property
    def public_base(self) -> str:
        return self.base if Shown.BASE in self.shown else ""


class AdvisorOffer(Record):
    """A time that an advisor offers. What is booked of it are the visits."""

    advisor = models.ForeignKey(
        Advisor, on_delete=models.CASCADE, verbose_name="アドバイザー", related_name="offers"
    )
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")

    class Meta:
        verbose_name = verbose_name_plural = "空いている時間"
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                name="advisoroffer_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="終わりは、始まりより後にしてください。",
            ),
            ExclusionConstraint(
                name="advisoroffer_times_do_not_overlap",
                expressions=[("advisor", RangeOperators.EQUAL), (moments(), RangeOperators.OVERLAPS)],
                violation_error_message="空いている時間として、もう出している時間と重なります。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.advisor} {self.starts_at}"

    def get_remove_url(self) -> str:
        return reverse("grants:advisor_offer_remove", args=[self.pk])
