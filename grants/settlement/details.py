"""What a 決裁 of a decided file is about, in words for those who sign it."""

from portal.kernel.fiscal import wareki
from portal.kernel.money import yen

from ..assets.details import disposal_details
from ..enums.approving import Matter
from ..models import Advance, Approval, CarryOver, Commitment, Dispatch, StopRequest

Details = list[tuple[str, str]]


def details(approval: Approval) -> Details:
    """(label, words) of what is decided after the decision, and of ① and ②; nothing for other matters. At most three queries."""
    if approval.dispatch is not None:
        return [*_dispatch(approval, approval.dispatch), *_charge(approval)]
    if approval.workshop_id is not None:
        return _charge(approval)
    if approval.disposal is not None:
        return disposal_details(approval.disposal)
    if approval.application_id is None:
        return []
    if approval.matter == Matter.SETTLEMENT:
        return _settlement(approval)
    if approval.matter == Matter.CHANGE:
        return _change(approval)
    if approval.matter == Matter.ADVANCE:
        return _advance(approval)
    if approval.matter == Matter.STATUS:
        return _carry_over(approval)
    if approval.matter == Matter.STOP:
        return _stop(approval)
    return []


def _dispatch(approval: Approval, case: Dispatch) -> Details:
    found = [("市町村", case.municipality.name)]
    if approval.matter == Matter.REFUSAL:
        return [*found, ("派遣しない理由", case.refusal_reason)]
    if case.advisor is not None:
        found.append(("アドバイザー", f"{case.advisor.name}({case.advisor.fee_words})"))
    return [*found, ("回数", f"{case.visits_count}回")]


def _charge(approval: Approval) -> Details:
    """What it charges to a 科目."""
    row = Commitment.objects.filter(approval=approval).select_related("line").first()
    return [("科目", str(row.line)), ("支出負担行為の額", yen(row.amount_yen))] if row else []


def _change(approval: Approval) -> Details:
    decision = approval.change_decision
    found = [
        ("変更の理由", decision.change.reason),
        ("変更前の交付決定額", yen(decision.before_yen)),
        ("結果", decision.get_answer_display()),
    ]
    if decision.amount_yen is not None:
        return [*found, ("変更後の交付決定額", yen(decision.amount_yen))]
    return [*found, ("承認しない理由", decision.reason)]


def _advance(approval: Approval) -> Details:
    """Nothing when it was drafted anew: the newer draft says it."""
    row = Advance.objects.filter(approval=approval).first()
    if row is None:
        return []
    return [("概算払の額", yen(row.amount_yen)), ("概算払が要る理由", row.reason)]


def _carry_over(approval: Approval) -> Details:
    """Nothing when it was drafted anew: the newer draft says it."""
    row = CarryOver.objects.filter(approval=approval).first()
    if row is None or row.authorised_on is None:
        return []
    return [
        ("種類", row.get_kind_display()),
        ("理由", row.reason),
        (row.day_label, wareki(row.authorised_on)),
        ("完了予定", f"{wareki(row.before_on)} → {wareki(row.ends_on)}"),
    ]


def _stop(approval: Approval) -> Details:
    """Nothing when it was drafted anew: the newer draft says it."""
    row = StopRequest.objects.filter(approval=approval).first()
    if row is None:
        return []
    found = [
        ("区分", row.get_kind_display()),
        ("廃止の理由", row.reason),
        ("廃止の日", wareki(row.stops_on)),
        ("交付決定額", yen(row.before_yen)),
        ("その日までの補助対象経費", yen(row.spent_yen)),
        ("精算の見込額", yen(row.keep_yen)),
    ]
    return [*found, ("承認しない理由", row.refusal)] if row.refusal else found


def _settlement(approval: Approval) -> Details:
    row = approval.settlement
    found = [
        ("交付決定額", yen(row.decided_yen)),
        ("認めた補助対象経費", yen(row.inspection.base_yen)),
        ("確定額", yen(row.amount_yen)),
    ]
    if row.inspection.disallowed_yen:
        found.append(
            ("対象外と認めた額", f"{yen(row.inspection.disallowed_yen)}({row.inspection.disallowed_reason})")
        )
    return found
