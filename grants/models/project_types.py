"""The types of project of a menu, as data."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from communities.enums import PlatformPhase
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record


class ProjectType(Record):
    """A type of project under a menu, with the コミプラ stages it is meant for (a mismatch warns, an officer decides)."""

    menu = models.ForeignKey(
        "grants.Menu", on_delete=models.PROTECT, verbose_name="メニュー", related_name="project_types"
    )
    code = models.CharField("記号", max_length=8)
    label = Line("型", max_length=10)
    group = Line("支援の対象", max_length=120)
    group_mark = Line("印", max_length=40, blank=True)
    text = Text("内容", max_length=300)
    examples = ArrayField(models.TextField(), verbose_name="実施例", default=list, blank=True)
    stages = ArrayField(
        models.CharField(max_length=20, choices=PlatformPhase), verbose_name="コミプラの段階", default=list
    )

    class Meta:
        verbose_name = verbose_name_plural = "事業の型"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["menu", "code"],
                name="projecttype_code_once",
                violation_error_message="同じ記号の型が、もうあります。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.text}"

    def fits(self, stage: str) -> bool:
        return stage in self.stages
