"""Choices of a contract and the constants of its rules, each with its source."""

from django.db.models import TextChoices


class ContractState(TextChoices):
    """Where the contract of an adopted proposal stands."""

    NEGOTIATING = "negotiating", "協議中"
    SIGNED = "signed", "契約済み"
    STARTED = "started", "着手"
    INTERIM = "interim", "中間報告済み"
    COMPLETED = "completed", "完了届あり"
    INSPECTED = "inspected", "検査合格"
    INVOICED = "invoiced", "請求済み"
    PAID = "paid", "支払い済み"
    CLOSED = "closed", "終了"
    TERMINATED = "terminated", "打切り"


class AmendmentState(TextChoices):
    """Where a change of a signed contract stands."""

    ASKED = "asked", "申出中"
    AGREED = "agreed", "変更契約済み"
    DECLINED = "declined", "変更しない"
    WITHDRAWN = "withdrawn", "取下げ"


class PartState(TextChoices):
    """Where the 出来形 of a terminated contract stands."""

    WAITING = "waiting", "出来形の検査待ち"
    INSPECTED = "inspected", "検査済み・決定待ち"
    DECIDED = "decided", "支払いを決定"
    INVOICED = "invoiced", "請求済み"
    PAID = "paid", "支払い済み"
    DROPPED = "dropped", "支払わない"


PART_INSPECTED = (PartState.INSPECTED, PartState.DECIDED, PartState.INVOICED, PartState.PAID)
PART_AGREED = (PartState.DECIDED, PartState.INVOICED)  # it is to be paid, and is not yet
PART_OPEN = (PartState.WAITING, PartState.INSPECTED, PartState.DECIDED, PartState.INVOICED)
UNSIGNED = (ContractState.NEGOTIATING,)
WORKING = (ContractState.SIGNED, ContractState.STARTED, ContractState.INTERIM)  # the work goes on
TERMINABLE = (ContractState.NEGOTIATING, *WORKING, ContractState.COMPLETED)  # nothing is accepted yet
INSPECTED_ON = (ContractState.INSPECTED, ContractState.INVOICED, ContractState.PAID, ContractState.CLOSED)
GROUND = "地方自治法施行令第167条の2第1項第2号"  # a 随意契約 after a public call of proposals (企画競争)
AMENDMENTS_MAX = 20  # of one contract
AMENDMENT_PAPER = "grants.amendment"  # 変更契約書: its kind
MEETINGS_MAX = 60  # minutes of one contract
ATTENDEES_MAX = 30  # of one side of one meeting


class ContractFileKind(TextChoices):
    """The papers of a contract."""

    QUOTE = "quote", "見積書"
    AMENDMENT = "amendment", "変更の見積書"
    START = "start", "着手届"
    INTERIM = "interim", "中間報告書"
    COMPLETION = "completion", "完了届・実績報告書"
    DELIVERABLE = "deliverable", "成果物"


class JointSide(TextChoices):
    """The three sides of the joint work (令和6年度の資料 ④: 県・市町村・受託団体)."""

    PREFECTURE = "prefecture", "県"
    MUNICIPALITY = "municipality", "市町村"
    CONTRACTOR = "contractor", "受託団体"
