"""回覧板: the sheet of a ward's month that goes from house to house. Its papers are numbered documents."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.areas.models import Area
from portal.kernel.fiscal import wareki_year
from portal.kernel.models import Record


class Circular(Record):
    """The 回覧板 of one area and month, in ordinary or large letters. `month` is the first day of the month (JST).

    `edition` rises whenever what it says has changed; each edition is one document, the later replaces the earlier.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="circulars", verbose_name="地域")
    month = models.DateField("月")
    is_large = models.BooleanField("大きな文字", default=False)
    edition = models.PositiveSmallIntegerField("版", default=0)
    digest = models.CharField("内容の要約値", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "回覧板"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "month", "is_large"],
                name="circular_one_a_month",
                violation_error_message="この月の回覧板は、もうあります。",
            ),
            models.CheckConstraint(
                name="circular_month_is_first_day",
                condition=Q(month__day=1),
                violation_error_message="月は、その月の1日で表します。",
            ),
            models.CheckConstraint(
                name="circular_digest_iff_edition",
                condition=Q(edition=0, digest="") | (Q(edition__gte=1) & ~Q(digest="")),
                violation_error_message="版と内容の要約値は、いつもいっしょに記録します。",
            ),
        ]
        indexes = [models.Index(fields=["area", "-month", "-id"], name="circular_recent")]

    def __str__(self) -> str:
        return f"{self.area.name} {self.month_label}の回覧板"

    def get_absolute_url(self) -> str:
        return reverse("communities:staff_circular_detail", args=[self.pk])

    @property
    def month_label(self) -> str:
        """「令和8年12月」."""
        return f"{wareki_year(self.month)}{self.month.month}月"

    @property
    def letters_label(self) -> str:
        return "大きな文字" if self.is_large else "ふつうの文字"
