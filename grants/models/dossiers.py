"""一件書類 of a file, and its blacked-out copies with every mark."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.dossier.enums import COMPLETE, Ground, MarkKind, RedactionState
from portal.kernel import clock
from portal.kernel.fields import Line
from portal.kernel.models import Record, StoredFile
from portal.kernel.privacy import Privacy

from .applications import person


class Dossier(Record):
    """All papers of a file as they were at `created_at`, as one PDF. `contents` says what stands on which page.

    The file is made by a job; made, it never changes: another day has another number.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("asked_by",), retention="5y", purpose="監査と情報公開のために、申請の書類を一つにまとめるため"
    )

    application = models.ForeignKey(
        "grants.Application", on_delete=models.PROTECT, verbose_name="申請", related_name="dossiers"
    )
    number = models.PositiveSmallIntegerField("番号")
    asked_by = person("頼んだ人")
    contents = models.JSONField("目次", default=list, blank=True)
    page_count = models.PositiveIntegerField("ページ", null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, verbose_name="ファイル", related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField("できた日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "一件書類"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"],
                name="dossier_number_once",
                violation_error_message="一件書類は、いま作っているところです。",
            ),
            models.CheckConstraint(
                name="dossier_made_iff_filed",
                condition=Q(file__isnull=True, made_at__isnull=True, page_count__isnull=True)
                | Q(file__isnull=False, made_at__isnull=False, page_count__gt=0),
                violation_error_message="できた日時とページは、ファイルのある一件書類だけが持ちます。",
            ),
        ]

    def __str__(self) -> str:
        return f"一件書類 第{self.number}号"

    @property
    def job_key(self) -> str:
        return f"dossier:{self.pk}"

    def get_file_url(self) -> str:
        return reverse("grants:dossier_file", args=[self.pk])

    def get_redact_url(self) -> str:
        return reverse("grants:redaction_new", args=[self.pk])


class Redaction(Record):
    """A copy of a 一件書類 in which marked places are black (黒塗り), drawn anew page by page: nothing is under the black.

    `state` is written by `dossier.workflow.REDACTION` only; from 作成中 on no mark changes. `textless_pages` had no text
    to find a term in; `request_label` names the 開示請求 it is made for.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("started_by", "making_by", "request_label"),
        retention="5y",
        purpose="開示する書類から、見せられないところを除き、だれがなぜ除いたかを残すため",
    )

    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, verbose_name="一件書類", related_name="redactions"
    )
    number = models.PositiveSmallIntegerField("番号")
    request_label = Line("開示請求", max_length=80)
    state = models.CharField("状態", max_length=8, choices=RedactionState, default=RedactionState.DRAFT)
    started_by = person("始めた人")
    making_at = models.DateTimeField("作成を始めた日時", null=True, blank=True)
    making_by = person("作成を始めた人")
    made_at = models.DateTimeField("できた日時", null=True, blank=True)
    textless_pages = models.JSONField("文字のないページ", default=list, blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, verbose_name="ファイル", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = "黒塗りの写し"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "number"],
                name="redaction_number_once",
                violation_error_message="黒塗りの写しは、いま始めたところです。",
            ),
            models.CheckConstraint(
                name="redaction_made_iff_filed",
                condition=Q(state=RedactionState.MADE, file__isnull=False, made_at__isnull=False)
                | (~Q(state=RedactionState.MADE) & Q(file__isnull=True, made_at__isnull=True)),
                violation_error_message="ファイルは、できた黒塗りの写しだけが持ちます。",
            ),
            models.CheckConstraint(
                name="redaction_making_iff_left_draft",
                condition=Q(state=RedactionState.DRAFT, making_at__isnull=True)
                | (~Q(state=RedactionState.DRAFT) & Q(making_at__isnull=False)),
                violation_error_message="作成を始めた日時は、作成に進んだ写しだけが持ちます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} 黒塗りの写し {self.number}"

    @property
    def job_key(self) -> str:
        return f"redaction:{self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.state == RedactionState.DRAFT

    @property
    def is_made(self) -> bool:
        return self.state == RedactionState.MADE

    def get_absolute_url(self) -> str:
        return reverse("grants:redaction_detail", args=[self.pk])

    def get_file_url(self) -> str:
        return reverse("grants:redaction_file", args=[self.pk])

    def get_act_url(self, act: str) -> str:
        return reverse("grants:redaction_act", args=[self.pk, act])

    def get_page_url(self, page: int) -> str:
        return reverse("grants:redaction_page", args=[self.pk, page])


class RedactionMark(Record):
    """One thing to black out, with the legal reason: a term wherever it stands, a place on a page, or whole pages.

    Places are in per mille of the page from its upper left corner. `field` names the entry of the file a term was taken
    from. `found_count` is where a term was found, once the copy is made.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("term", "written_by"), retention="5y", purpose="黒塗りの理由を、請求した人と監査に示すため"
    )

    redaction = models.ForeignKey(
        Redaction, on_delete=models.PROTECT, verbose_name="黒塗りの写し", related_name="marks"
    )
    kind = models.CharField("種類", max_length=8, choices=MarkKind)
    term = Line("語", max_length=100, blank=True)
    field = models.CharField("申請の項目", max_length=40, blank=True)
    page = models.PositiveIntegerField("ページ", null=True, blank=True)
    last_page = models.PositiveIntegerField("ページ(まで)", null=True, blank=True)
    left = models.PositiveSmallIntegerField("左", null=True, blank=True)
    top = models.PositiveSmallIntegerField("上", null=True, blank=True)
    right = models.PositiveSmallIntegerField("右", null=True, blank=True)
    bottom = models.PositiveSmallIntegerField("下", null=True, blank=True)
    ground = models.CharField("理由", max_length=14, choices=Ground)
    article = Line("根拠の条項", max_length=80)
    written_by = person("印を付けた人")
    written_at = models.DateTimeField("印を付けた日時", default=clock.now)
    found_count = models.PositiveIntegerField("見つかった所", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "黒塗りの印"
        ordering = ["written_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="redactionmark_shape",
                condition=(Q(kind=MarkKind.TERM, page__isnull=True, left__isnull=True) & ~Q(term=""))
                | Q(kind=MarkKind.PAGE, page__gte=1, last_page__gte=F("page"), left__isnull=True, term="")
                | Q(
                    kind=MarkKind.REGION,
                    page__gte=1,
                    right__gt=F("left"),
                    bottom__gt=F("top"),
                    term="",
                    right__lte=COMPLETE,
                    bottom__lte=COMPLETE,
                ),
                violation_error_message="印は、語か、ページの中の場所か、ページ全体のどれかです。",
            ),
            models.CheckConstraint(
                name="redactionmark_says_why",
                condition=~Q(article=""),
                violation_error_message="黒塗りには、根拠の条項が要ります。",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def what(self) -> str:
        """「語「試験 一郎」」, 「3ページ 左10%・上20%から右50%・下25%まで」, 「4–6ページ」."""
        if self.kind == MarkKind.TERM:
            return f"語「{self.term}」"
        if self.kind == MarkKind.PAGE:
            return (
                f"{self.page}ページ" if self.page == self.last_page else f"{self.page}–{self.last_page}ページ"
            )
        left, top, right, bottom = (
            (edge or 0) / 10 for edge in (self.left, self.top, self.right, self.bottom)
        )
        return f"{self.page}ページ 左{left:g}%・上{top:g}%から、左{right:g}%・上{bottom:g}%まで"

    def get_remove_url(self) -> str:
        return reverse("grants:redaction_mark_remove", args=[self.redaction_id, self.pk])
