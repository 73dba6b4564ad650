"""The terms of a menu that count after the decision (status reports, keeping), and who in the prefecture works on its files."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from grants.assets.enums import FLOOR_YEN
from grants.enums import INTERIM_PERCENT, SHIFTS, STATUS_DAYS, STATUS_WITHIN_DAYS, YEN_MAX, Table
from grants.retention.enums import RETENTION_YEARS
from portal.kernel.fiscal import Shift


def status_days() -> list[str]:
    """The days of a new menu."""
    return list(STATUS_DAYS)


def check_month_day(value: str) -> None:
    """「09-30」: a day that every year has. Raises ValidationError."""
    try:
        date.fromisoformat(f"2025-{value}")
    except ValueError:
        raise ValidationError("毎年ある月と日を入れてください。", code="month_day") from None


class FollowUp(models.Model):
    """What a menu says of the time after its decision. `status_days`: month and day (「09-30」); none asks for no 状況報告.

    `interim_percent`: how much of a contract's time has passed when its 中間報告 is due.
    """

    status_days = ArrayField(
        models.CharField(max_length=5, validators=[check_month_day]),
        verbose_name="状況報告を求める日(毎年の月日)",
        default=status_days,
        blank=True,
        size=12,
    )
    status_within_days = models.PositiveSmallIntegerField("状況報告の期限(日)", default=STATUS_WITHIN_DAYS)
    status_shift = models.CharField(
        "状況報告の期限が休日のとき", max_length=24, choices=SHIFTS, default=Shift.AS_IS.value
    )
    interim_percent = models.PositiveSmallIntegerField(
        "中間報告の期限(契約の期間の%)", default=INTERIM_PERCENT
    )
    interim_shift = models.CharField(
        "中間報告の期限が休日のとき", max_length=24, choices=SHIFTS, default=Shift.AS_IS.value
    )
    asset_floor_yen = models.PositiveBigIntegerField("取得財産の台帳に載せる単価(円)", default=FLOOR_YEN)
    retention_years = models.PositiveSmallIntegerField("文書の保存年数", default=RETENTION_YEARS)

    class Meta:
        abstract = True


FOLLOW_UP_RULES = [
    models.CheckConstraint(
        name="menu_asked_terms_in_range",
        condition=Q(status_within_days__range=(1, 60), interim_percent__range=(1, 100)),
        violation_error_message="状況報告か、中間報告の期限が、入力できる範囲の外です。",
    ),
    models.CheckConstraint(
        name="menu_kept_terms_in_range",
        condition=Q(asset_floor_yen__lte=YEN_MAX, retention_years__range=(1, 30)),
        violation_error_message="台帳に載せる単価か、文書の保存年数が、入力できる範囲の外です。",
    ),
]


class Worked(models.Model):
    """Which sections of the prefecture work on a menu's files. None: the 地域振興局・支庁 of each municipality does.

    `examining_section`: where new files go and are examined first. `drafting_section`: who drafts the decision of ③.
    """

    examining_section = models.ForeignKey(
        "areas.Section",
        on_delete=models.PROTECT,
        verbose_name="最初に審査する課",
        related_name="examined_menus",
        null=True,
        blank=True,
    )
    drafting_section = models.ForeignKey(
        "areas.Section",
        on_delete=models.PROTECT,
        verbose_name="決定を起案する課",
        related_name="drafted_menus",
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True


WORKED_RULES = [
    models.CheckConstraint(
        name="menu_drafting_of_subsidy",
        condition=Q(drafting_section__isnull=True) | Q(table=Table.SUBSIDY),
        violation_error_message="決定を起案する課を分けられるのは、補助金のメニュー(③)だけです。",
    ),
]
