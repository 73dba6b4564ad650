"""Choices of 決裁: what is decided, where it stands, what a step is."""

from django.db.models import TextChoices

from portal.accounts.enums import Role

from . import Table

SIGNING = (Role.PREFECTURE_SECTION_CHIEF, Role.PREFECTURE_HEAD)  # who signs in the chain (interface.md)
STEPS_MAX = 5  # signatures in one chain


class Matter(TextChoices):
    """What a 決裁 is about. Every table of the grants takes its own from here."""

    DECISION = "decision", "交付決定"
    REJECTION = "rejection", "不交付決定"
    CHANGE = "change", "変更の承認"
    STATUS = "status", "繰越しの承認"
    STOP = "stop", "廃止の承認"
    ADVANCE = "advance", "概算払"
    SETTLEMENT = "settlement", "額の確定"
    REVOCATION = "revocation", "交付決定の取消し"
    DISPATCH = "dispatch", "派遣の決定"
    WORKSHOP = "workshop", "開催の決定"
    CONTRACT = "contract", "契約の締結"
    AMENDMENT = "amendment", "契約の変更"
    DISPOSAL = "disposal", "財産処分の承認"
    REFUSAL = "refusal", "行わない決定"


MATTERS_OF: dict[Table, tuple[Matter, ...]] = {
    Table.DISPATCH: (Matter.DISPATCH, Matter.REFUSAL),
    Table.WORKSHOP: (Matter.WORKSHOP, Matter.REFUSAL),
    Table.SUBSIDY: (
        Matter.DECISION, Matter.REJECTION, Matter.CHANGE, Matter.STOP, Matter.ADVANCE, Matter.STATUS,
        Matter.SETTLEMENT, Matter.REVOCATION, Matter.DISPOSAL,
    ),
    Table.COMMISSION: (Matter.CONTRACT, Matter.AMENDMENT),
}  # what is decided of the cases of a menu, in the order in which it comes  # fmt: skip


class ApprovalState(TextChoices):
    """Where a 決裁 stands."""

    DRAFTED = "drafted", "決裁待ち"
    SIGNED = "signed", "決裁済み"
    SENT_BACK = "sent_back", "差戻し"
    DROPPED = "dropped", "取りやめ"


class StepKind(TextChoices):
    """What a signature is: that of the line, or the consent of another section (合議)."""

    APPROVE = "approve", "決裁"
    CONSENT = "consent", "合議"


class Outcome(TextChoices):
    """How an application is decided."""

    GRANT = "grant", "交付"
    REJECT = "reject", "不交付"


class ChangeAnswer(TextChoices):
    """How a change of a decided file is answered."""

    APPROVED = "approved", "承認"
    REFUSED = "refused", "不承認"


class Outlook(TextChoices):
    """How a running project is expected to end, in a 状況報告."""

    ON_TIME = "on_time", "予定どおり"
    LATE = "late", "遅れる見込み"
    STUCK = "stuck", "遂行が困難"


BATCHED = (
    Matter.DECISION,
    Matter.REJECTION,
    Matter.SETTLEMENT,
)  # what is drafted or recorded for many files at once


class BatchWay(TextChoices):
    """What is done with each file of a batch."""

    RECORD = "record", "庁内の決裁の記録"
    DRAFT = "draft", "起案"
    SIGN = "sign", "決裁"
    NOTICE = "notice", "内示"


class BatchOutcome(TextChoices):
    """What became of one file of a batch."""

    WAITING = "waiting", "これから"
    DONE = "done", "済みました"
    REFUSED = "refused", "できませんでした"
