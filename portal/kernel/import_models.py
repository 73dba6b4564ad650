"""An import: a table that somebody sent, what its rows say, and what became of each. Kept until its class runs out."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from . import clock
from .fields import Line
from .privacy import Privacy
from .upload_models import StoredFile


class ImportState(models.TextChoices):
    """Where an import is."""

    UPLOADED = "uploaded", "列を選ぶ"
    MAPPED = "mapped", "読み取り中"
    PREVIEWED = "previewed", "確かめる"
    APPLIED = "applied", "登録済み"
    UNDONE = "undone", "取り消し済み"
    DISCARDED = "discarded", "取りやめ"


class Verdict(models.TextChoices):
    """What the preview found of a row."""

    READY = "ready", "登録できます"
    TWIN = "twin", "重なり"
    FAULTY = "faulty", "直すところあり"


class Decision(models.TextChoices):
    """What a person wants done with a row that looks like something that is there already."""

    SKIP = "skip", "登録しない"
    REGISTER = "register", "別のものとして登録する"
    SAME = "same", "同じものとして扱う"


class Outcome(models.TextChoices):
    """What became of a row."""

    NONE = "", "まだ"
    MADE = "made", "登録しました"
    MERGED = "merged", "いまあるものと同じとしました"
    SKIPPED = "skipped", "登録しませんでした"
    UNDONE = "undone", "取り消しました"


class Import(models.Model):
    """One table on its way in. `kind` names an entry of the port `import_kinds`; `place` is the area it is for.

    `mapping` says which column (from 0) holds which value; `revision` rises with everything asked of it, so that a
    job made for an older wish does nothing. `problem` is why the last job was refused, for the people who asked.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("filename", "asked_by_ref", "uploaded_by_ref"),
        retention="1y",
        purpose="まとめて登録した内容を確かめ、取り消せるようにするため",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField("登録日時", default=clock.now, editable=False)
    kind = models.CharField("種類", max_length=40)
    place = models.CharField("地域", max_length=20)
    file = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="表のファイル"
    )
    filename = models.CharField("ファイル名", max_length=150)
    uploaded_by_ref = models.CharField("送った人", max_length=120)
    state = models.CharField("状態", max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    sheet = models.CharField("シート", max_length=100, blank=True)
    header_row = models.PositiveIntegerField("見出しの行", default=1)
    header_rows = models.PositiveSmallIntegerField("見出しの行数", default=1)
    mapping = models.JSONField("列", default=dict)
    options = models.JSONField("登録のしかた", default=dict)
    revision = models.PositiveIntegerField("版", default=0)
    job_key = models.CharField("処理の鍵", max_length=200, blank=True)
    asked_by_ref = models.CharField("頼んだ人", max_length=120, blank=True)
    problem = models.CharField("できなかったわけ", max_length=500, blank=True)
    row_count = models.PositiveIntegerField("行", default=0)
    ready_count = models.PositiveIntegerField("登録できる行", default=0)
    twin_count = models.PositiveIntegerField("重なりのある行", default=0)
    faulty_count = models.PositiveIntegerField("直すところのある行", default=0)
    made_count = models.PositiveIntegerField("登録した数", default=0)
    previewed_at = models.DateTimeField("読み取った日時", null=True, blank=True)
    applied_at = models.DateTimeField("登録した日時", null=True, blank=True)
    undone_at = models.DateTimeField("取り消した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "まとめての登録"
        constraints = [
            models.CheckConstraint(
                name="import_applied_at_iff_applied",
                condition=models.Q(
                    state__in=[ImportState.APPLIED, ImportState.UNDONE], applied_at__isnull=False
                )
                | (
                    ~models.Q(state__in=[ImportState.APPLIED, ImportState.UNDONE])
                    & models.Q(applied_at__isnull=True)
                ),
                violation_error_message="登録した日時は、登録を終えたものだけが持ちます。",
            ),
            models.CheckConstraint(
                name="import_undone_at_iff_undone",
                condition=models.Q(state=ImportState.UNDONE, undone_at__isnull=False)
                | (~models.Q(state=ImportState.UNDONE) & models.Q(undone_at__isnull=True)),
                violation_error_message="取り消した日時は、取り消したものだけが持ちます。",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "kind", "-created_at", "-id"], name="import_place_recent"),
            models.Index(
                fields=["created_at"],
                name="import_open",
                condition=models.Q(
                    state__in=[ImportState.UPLOADED, ImportState.MAPPED, ImportState.PREVIEWED]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_open(self) -> bool:
        """Whether nothing has come of it yet and it can still be changed."""
        return self.state in (ImportState.UPLOADED, ImportState.MAPPED, ImportState.PREVIEWED)


class ImportRow(models.Model):
    """One row as the preview read it. What is applied is what stands here, never the file again.

    `values` are cleaned and ready for the action; `faults` name cells with what to do; `twins` are what it may be the
    same as. `result_type`/`result_id` lead to what came of it.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("title", "values", "faults"),
        retention="1y",
        purpose="まとめて登録した内容を確かめ、取り消せるようにするため",
    )

    imported = models.ForeignKey(
        Import, on_delete=models.CASCADE, related_name="rows", verbose_name="まとめての登録"
    )
    number = models.PositiveIntegerField("行")
    title = Line("名前", max_length=200, blank=True)
    values = models.JSONField("内容", default=dict)
    faults = models.JSONField("直すところ", default=list)
    twins = models.JSONField("重なり", default=list)
    verdict = models.CharField("判定", max_length=10, choices=Verdict)
    decision = models.CharField("扱い", max_length=10, choices=Decision, blank=True)
    outcome = models.CharField("結果", max_length=10, choices=Outcome, default=Outcome.NONE, blank=True)
    result_type = models.CharField("結果の種類", max_length=60, blank=True)
    result_id = models.CharField("結果の番号", max_length=60, blank=True)
    memo = models.JSONField("控え", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "まとめての登録の行"
        constraints = [
            models.UniqueConstraint(
                fields=["imported", "number"],
                name="importrow_number",
                violation_error_message="同じ行が、二度読み取られました。もう一度お試しください。",
            ),
            models.CheckConstraint(
                name="importrow_decision_iff_twin",
                condition=models.Q(verdict=Verdict.TWIN, decision__in=Decision.values)
                | (~models.Q(verdict=Verdict.TWIN) & models.Q(decision="")),
                violation_error_message="扱いを選べるのは、重なりのある行だけです。",
            ),
            models.CheckConstraint(
                name="importrow_faulty_stays_out",
                condition=~models.Q(verdict=Verdict.FAULTY) | models.Q(outcome=Outcome.NONE),
                violation_error_message="直すところのある行は、登録できません。",
            ),
        ]
        indexes = [models.Index(fields=["imported", "verdict", "number"], name="importrow_verdict")]

    def __str__(self) -> str:
        return f"{self.number}行目"
