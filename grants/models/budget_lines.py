"""The prefecture's budget of a programme by 科目: what decisions may be charged to."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from grants.enums import YEN_MAX, Setsu
from portal.kernel.fields import Line
from portal.kernel.models import Record

from .programmes import Programme


class BudgetLine(Record):
    """予算額 of one 科目 (款・項・目・節) of the programme's year, in yen.

    Whoever charges money to it locks this row after the case and the cap (case → cap → budget line → counter).
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, verbose_name="事業", related_name="budget_lines"
    )
    kan = Line("款", max_length=40)
    kou = Line("項", max_length=40)
    moku = Line("目", max_length=40)
    setsu = models.PositiveSmallIntegerField("節", choices=Setsu)
    amount_yen = models.PositiveBigIntegerField("予算額(円)")

    class Meta:
        verbose_name = verbose_name_plural = "科目"
        ordering = ["kan", "kou", "moku", "setsu", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kan", "kou", "moku", "setsu"],
                name="budgetline_once",
                violation_error_message="この科目は、もうあります。",
            ),
            models.CheckConstraint(
                name="budgetline_in_range",
                condition=Q(amount_yen__gt=0, amount_yen__lte=YEN_MAX, setsu__in=Setsu.values),
                violation_error_message="予算額か節が、入力できる範囲の外です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kan} {self.kou} {self.moku} {Setsu(self.setsu).heading}"

    def get_remove_url(self) -> str:
        return reverse("grants:programme_budget_remove", args=[self.programme.slug, self.pk])
