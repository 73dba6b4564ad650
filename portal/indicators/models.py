"""What an indicator is, how it is counted from which day on, and the values that its authority has published."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from portal.kernel.fields import Line, Text
from portal.kernel.models import Record

from .enums import DefinitionStatus, ValueKind


class Indicator(Record):
    """A policy indicator. It belongs to one government; its count is made by the portal, its official values are typed."""

    authority = models.ForeignKey(
        "areas.Authority", on_delete=models.PROTECT, related_name="indicators", verbose_name="団体"
    )
    key = models.SlugField("記号", max_length=40)
    name = Line("名称", max_length=200)
    strategy = Line("重点戦略", max_length=200)
    policy = Line("政策", max_length=200)
    pledge = Line("市長公約", max_length=80)
    unit = Line("単位", max_length=8, default="件")

    class Meta:
        verbose_name = verbose_name_plural = "指標"
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "key"],
                name="indicator_key_once",
                violation_error_message="この団体には、同じ記号の指標があります。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicators:index")


class Definition(Record):
    """One version of how the indicator is counted. It holds from `effective_on` until the next version's day."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="definitions", verbose_name="指標"
    )
    version = models.PositiveSmallIntegerField("版", validators=[MinValueValidator(1)])
    status = models.CharField("位置づけ", max_length=12, choices=DefinitionStatus.choices)
    effective_on = models.DateField("適用する日")
    summary = Text("ひとことで", max_length=600)
    unit_rule = Text("1件の数え方", max_length=2000)
    counted = Text("数えるもの", max_length=4000)
    not_counted = Text("数えないもの", max_length=4000)
    double_counting = Text("重ねて数えない決まり", max_length=4000)
    source = Line("出どころ", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "指標の定義"
        ordering = ["-effective_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "version"],
                name="definition_version_once",
                violation_error_message="同じ版の定義があります。",
            ),
            models.UniqueConstraint(
                fields=["indicator", "effective_on"],
                name="definition_day_once",
                violation_error_message="同じ日から適用する定義があります。",
            ),
            models.CheckConstraint(
                condition=models.Q(version__gte=1),
                name="definition_version_positive",
                violation_error_message="版は1から始まります。",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=DefinitionStatus.values),
                name="definition_status_known",
                violation_error_message="定義の位置づけを選んでください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.name} 第{self.version}版"


class IndicatorValue(Record):
    """A published value of one fiscal year (年度), typed by an officer with the paper it stands in."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="values", verbose_name="指標"
    )
    kind = models.CharField("種類", max_length=12, choices=ValueKind.choices)
    fiscal_year = models.PositiveSmallIntegerField(
        "年度", validators=[MinValueValidator(2019), MaxValueValidator(2100)]
    )
    value = models.PositiveIntegerField("値", validators=[MaxValueValidator(9_999_999)])
    source = Line("出どころ", max_length=300)
    source_on = models.DateField("資料の日付", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "指標の値"
        ordering = ["-fiscal_year", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "kind", "fiscal_year"],
                name="indicatorvalue_year_once",
                violation_error_message="この年度の値は、もう登録されています。",
            ),
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="indicatorvalue_has_source",
                violation_error_message="値の出どころ(資料の名前とページ)を入力してください。",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=ValueKind.values),
                name="indicatorvalue_kind_known",
                violation_error_message="値の種類を選んでください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.fiscal_year}年度"

    def get_absolute_url(self) -> str:
        return reverse("indicators:collaborations", args=[self.fiscal_year])
