"""The sections of an application as they are written, and what two people wrote at once."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from grants.enums import Part
from portal.kernel import clock
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person


class ApplicationPart(Record):
    """One section of an application as last saved. `revision` rises with every save; `saved_tab` names the page that saved.

    A page that saved last may save again although its answer was lost on the way; any other page must have seen the
    newest revision, or both texts are kept and the person is told (see `actions.save_*`).
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("saved_by", "texts"), retention="5y", purpose="補助金の申請を受け付け、審査するため"
    )

    application = models.ForeignKey(
        "grants.Application", on_delete=models.CASCADE, verbose_name="申請", related_name="parts"
    )
    key = models.CharField("部分", max_length=12, choices=Part)
    revision = models.PositiveIntegerField("版", default=0)
    texts = models.JSONField("文章", default=dict, blank=True)
    saved_at = models.DateTimeField("保存日時", null=True, blank=True)
    saved_by = person("保存した人")
    saved_tab = models.CharField("保存した画面", max_length=36, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "申請の部分"
        constraints = [
            models.UniqueConstraint(fields=["application", "key"], name="applicationpart_once"),
            models.CheckConstraint(
                name="applicationpart_saved_iff_revised",
                condition=Q(revision=0, saved_at__isnull=True) | Q(revision__gt=0, saved_at__isnull=False),
                violation_error_message="保存日時は、保存した部分だけが持ちます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()} {self.revision}"


class SetAside(Record):
    """What someone typed into a section that another had saved meanwhile: kept until they say it is settled."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("typed_by", "sent"), retention="1y", purpose="同時に編集した内容をなくさないため"
    )

    part = models.ForeignKey(
        ApplicationPart, on_delete=models.CASCADE, verbose_name="部分", related_name="set_aside"
    )
    based_on = models.PositiveIntegerField("もとの版")
    sent = models.JSONField("入力した内容", default=dict)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name="入力した人", related_name="+"
    )
    typed_at = models.DateTimeField("入力日時", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "取り置いた入力"
        ordering = ["typed_at"]
        constraints = [
            models.UniqueConstraint(fields=["part", "typed_by"], name="setaside_one_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.based_on}"
