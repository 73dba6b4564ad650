"""Organisations 主体: schools, firms, neighbourhood bodies and others with whom communities act."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from portal.areas.models import Area
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.names import corporate_number_valid
from portal.kernel.privacy import Privacy

from ..enums import OrganisationKind


def valid_corporate_number(value: str) -> None:
    """法人番号: 13 digits with its check digit (法人番号の指定等に関する省令2条)."""
    if not corporate_number_valid(value):
        raise ValidationError(
            "法人番号は、検査数字の合う13けたの数字で入力してください。", code="corporate_number"
        )


class Organisation(Record):
    """One actor, held once: by its 法人番号, else by its normalised name within its area."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("name",),
        retention="10y",
        purpose="協働の相手方(個人専門家を含む)を一つにまとめ、協働数を正しく数えるため",
    )

    name = Line("名前", max_length=120)
    kind = models.CharField("主体の区分", max_length=16, choices=OrganisationKind)
    corporate_number = models.CharField(
        "法人番号",
        max_length=13,
        blank=True,
        validators=[valid_corporate_number],
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="organisations", verbose_name="地域"
    )
    name_key = models.CharField("照合用の名前", max_length=240, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name="まとめた先",
    )

    class Meta:
        verbose_name = verbose_name_plural = "主体"
        ordering = ["name_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["corporate_number"],
                name="organisation_corporate_number",
                condition=~Q(corporate_number="") & Q(merged_into__isnull=True),
                violation_error_message="この法人番号の主体は、もう登録されています。",
            ),
            models.UniqueConstraint(
                fields=["area", "name_key"],
                name="organisation_name_in_area",
                condition=Q(corporate_number="", merged_into__isnull=True),
                violation_error_message="同じ地域に、同じ名前の主体がもう登録されています。",
            ),
            models.CheckConstraint(
                name="organisation_corporate_number_digits",
                condition=Q(corporate_number="") | Q(corporate_number__regex=r"^[0-9]{13}$"),
                violation_error_message="法人番号は、13けたの数字です。",
            ),
            models.CheckConstraint(
                name="organisation_not_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                violation_error_message="主体を、それ自身にまとめることはできません。",
            ),
            models.CheckConstraint(
                name="organisation_name_not_empty",
                condition=~Q(name="") & ~Q(name_key=""),
                violation_error_message="主体の名前は、空にできません。",
            ),
        ]
        indexes = [models.Index(fields=["area", "name_key", "id"], name="organisation_area_name")]

    def __str__(self) -> str:
        return self.name


class OrganisationMerge(Record):
    """Two rows were one body: what moved from `gone` to `kept`, and why, so that it can be taken back."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("merged_by", "undone_by"), retention="10y", purpose="主体をまとめた職員を記録するため"
    )

    kept = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="残した主体"
    )
    gone = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="まとめた主体"
    )
    moved = models.JSONField("移した協働", default=list, blank=True)
    number_moved = models.CharField("移した法人番号", max_length=13, blank=True)
    note = Text("理由", max_length=400)
    merged_at = models.DateTimeField("まとめた日時", default=clock.now)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="まとめた人",
    )
    undone_at = models.DateTimeField("もとにもどした日時", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="もとにもどした人",
    )

    class Meta:
        verbose_name = verbose_name_plural = "主体の統合"
        constraints = [
            models.UniqueConstraint(
                fields=["gone"],
                name="organisationmerge_one_live",
                condition=Q(undone_at__isnull=True),
                violation_error_message="この主体は、もうほかの主体にまとめられています。",
            ),
            models.CheckConstraint(
                name="organisationmerge_says_why",
                condition=~Q(note=""),
                violation_error_message="まとめる理由を入力してください。",
            ),
        ]
        indexes = [models.Index(fields=["kept", "-merged_at"], name="organisationmerge_kept")]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"
