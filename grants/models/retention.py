"""What keeps a file beyond its term, and its 廃棄."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from grants.retention.enums import DiscardState, HoldKind
from portal.kernel import clock
from portal.kernel.fields import Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .one_of import one_of

PURPOSE = "事業の文書を保存し、期間が過ぎたものを廃棄した記録を残すため"
FILES = ("application", "dispatch", "workshop", "proposal")  # ③, ①, ②, ④: a proposal with its contract


def _of(model: str, name: str) -> models.ForeignKey:
    return models.ForeignKey(
        f"grants.{model}",
        on_delete=models.PROTECT,
        verbose_name=name,
        related_name="%(class)ss",
        null=True,
        blank=True,
    )


def _one_file(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{name}_one_file",
        condition=one_of(FILES),
        violation_error_message="一つの文書についてのものです。",
    )


class OfFile(Record):
    """What is recorded about the keeping of one file, whichever menu it is of."""

    application = _of("Application", "申請")
    dispatch = _of("Dispatch", "派遣")
    workshop = _of("Workshop", "ワークショップ")
    proposal = _of("Proposal", "企画提案")

    class Meta:
        abstract = True

    @property
    def case(self) -> Any:
        """The file."""
        return next(getattr(self, name) for name in FILES if getattr(self, f"{name}_id") is not None)


class Hold(OfFile):
    """While one is open, the file is not thrown away, whatever its term."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("reason", "set_by", "ended_by"), retention="10y", purpose=PURPOSE
    )

    kind = models.CharField("種類", max_length=10, choices=HoldKind)
    reason = Text("理由", max_length=400)
    set_by = person("保留した人")
    ended_at = models.DateTimeField("解いた日時", null=True, blank=True)
    ended_by = person("解いた人")

    class Meta:
        verbose_name = verbose_name_plural = "廃棄の保留"
        ordering = ["created_at", "id"]
        constraints = [
            _one_file("hold"),
            models.UniqueConstraint(
                Coalesce(*FILES),
                "kind",
                condition=Q(ended_at__isnull=True),
                name="hold_one_open_a_kind",
                violation_error_message="同じ種類の保留が、もうあります。",
            ),
            models.CheckConstraint(
                name="hold_says_why",
                condition=~Q(reason=""),
                violation_error_message="保留には、理由を書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class TermExtension(OfFile):
    """A term that was made longer: the file is kept to the end of `until_on`, with the reason."""

    privacy: ClassVar[Privacy] = Privacy(fields=("reason", "extended_by"), retention="10y", purpose=PURPOSE)

    until_on = models.DateField("保存する最後の日")
    reason = Text("理由", max_length=400)
    extended_by = person("延ばした人")

    class Meta:
        verbose_name = verbose_name_plural = "保存期間の延長"
        ordering = ["created_at", "id"]
        constraints = [
            _one_file("termextension"),
            models.CheckConstraint(
                name="termextension_says_why",
                condition=~Q(reason=""),
                violation_error_message="保存期間を延ばすには、理由を書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"保存期間の延長 {self.until_on}"


class Discard(OfFile):
    """The 廃棄 of one file: proposed by an officer, approved by another person, then carried out. It survives the file.

    `state` is written by `retention.workflow.DISCARD` only. `rows` and `files` count what was erased.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("proposed_by", "approved_by"), retention="10y", purpose=PURPOSE
    )

    kept_until = models.DateField("保存した最後の日")
    proposed_at = models.DateTimeField("申し出た日時", default=clock.now)
    proposed_by = person("申し出た人")
    state = models.CharField("状態", max_length=10, choices=DiscardState, default=DiscardState.PROPOSED)
    approved_at = models.DateTimeField("承認して廃棄した日時", null=True, blank=True)
    approved_by = person("承認した人")
    rows = models.PositiveIntegerField("消した行", default=0)
    files = models.PositiveIntegerField("消したファイル", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "文書の廃棄"
        ordering = ["proposed_at", "id"]
        constraints = [
            _one_file("discard"),
            models.UniqueConstraint(
                Coalesce(*FILES),
                condition=~Q(state=DiscardState.DECLINED),
                name="discard_one_open",
                violation_error_message="この文書の廃棄は、もう申し出てあります。",
            ),
            models.CheckConstraint(
                name="discard_approved_by_another",
                condition=Q(state=DiscardState.APPROVED, approved_at__isnull=False, approved_by__isnull=False)
                & ~Q(approved_by=F("proposed_by"))
                | ~Q(state=DiscardState.APPROVED) & Q(approved_at__isnull=True),
                violation_error_message="廃棄は、申し出た人とはべつの人が承認します。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 廃棄"
