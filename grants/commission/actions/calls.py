"""公募: the 公募要領 as data, published, closed after its deadline, given up with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from communities.saving import change, insert, locked, user_of
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import Arrival, Deadline, FiscalYear, Shift
from portal.kernel.refusals import Refusal

from ...models import CommissionCall, CommissionItem, CommissionTheme
from ...supporters.actions.ending import end_support
from ..enums import ITEMS_MAX, POINTS_SUM, ThemeState
from ..mails import calls as mails
from ..workflow import CALL


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the scoring and its points."""

    label: str
    points: int


@transaction.atomic
def start_call(
    *, by: Actor, theme: CommissionTheme, items: Sequence[Item], terms: Mapping[str, Any]
) -> CommissionCall:
    """A draft of the 公募要領 about a selected theme. `terms`: the columns of the call that an officer fills in.

    Raises PermissionDenied, Refusal (a theme that is not selected, terms that do not fit), ValidationError.
    """
    permissions.require(by, "grants.judge_theme", theme)
    if locked(theme).state != ThemeState.SELECTED:
        raise Refusal("公募できるのは、選定したテーマです。", code="moved")
    call = CommissionCall(theme=theme, created_by=user_of(by))
    for name, value in _checked(theme, items, terms).items():
        setattr(call, name, value)
    insert(call)
    _write_items(call, items)
    audit.record("grants.commissioncall.started", by=by, target=call)
    return call


@transaction.atomic
def save_call(
    *, by: Actor, call: CommissionCall, items: Sequence[Item], terms: Mapping[str, Any]
) -> CommissionCall:
    """Write a draft anew. What is published stays as it is. Raises as `start_call`."""
    permissions.require(by, "grants.run_call", call)
    if not locked(call).is_draft:
        raise Refusal("公表した公募要領は、直せません。取りやめて、新しく公募してください。", code="moved")
    change(call, _checked(call.theme, items, terms))
    call.items.all().delete()
    _write_items(call, items)
    audit.record("grants.commissioncall.saved", by=by, target=call)
    return call


@transaction.atomic
def publish_call(*, by: Actor, call: CommissionCall) -> CommissionCall:
    """Publish the 公募要領; the municipality of the theme is told. Raises PermissionDenied, Refusal (dates are past)."""
    CALL.apply(call, "publish", by=by)
    if call.questions_until <= clock.now():
        raise Refusal("質問の期限が過ぎています。日付を直してから公表してください。", code="late")
    mails.published(call)
    return call


@transaction.atomic
def close_call(*, by: Actor, call: CommissionCall) -> CommissionCall:
    """Close it once its deadline has passed, by an officer or by the nightly sweep. Raises PermissionDenied, Refusal."""
    CALL.apply(call, "close", by=by)
    if clock.now() < call.closes_at:
        raise Refusal("締切が過ぎてから、締め切ってください。", code="early")
    return call


@transaction.atomic
def void_call(*, by: Actor, call: CommissionCall, note: str) -> CommissionCall:
    """Give the call up, with the reason, shown on its page; the municipality is told. Raises PermissionDenied, Refusal."""
    CALL.apply(call, "void", by=by, note=note)
    end_support(by=by, file=call.theme, reason="業務の公募が取りやめになったため")
    mails.voided(call, note)
    return call


def _checked(theme: CommissionTheme, items: Sequence[Item], terms: Mapping[str, Any]) -> dict[str, Any]:
    """The columns with their instants worked out. Raises Refusal at the field that does not fit."""
    if not 1 <= len(items) <= ITEMS_MAX or sum(item.points for item in items) != POINTS_SUM:
        total = sum(item.points for item in items)
        raise Refusal(f"配点の合計は{POINTS_SUM}点にしてください(いまは{total}点)。", field="points_1")
    place = terms.get("tie_position")
    if place is not None and place > len(items):
        raise Refusal("同点のときの項目は、上の項目の番号から選んでください。", field="tie_position")
    most = theme.menu.contract_cap_yen
    if most is not None and terms["ceiling_yen"] > most:
        message = f"上限額は、メニューの上限{most:,}円以下(税込み)にしてください。"
        raise Refusal(message, field="ceiling_yen")
    return {**terms, **_instants(theme, terms)}


def _instants(theme: CommissionTheme, terms: Mapping[str, Any]) -> dict[str, Any]:
    shift = Shift(terms["shift"])
    closing = Deadline(terms["closes_on"], terms.get("closes_time"), shift, Arrival.ARRIVE)
    questions = Deadline(terms["questions_on"], None, shift, Arrival.ARRIVE)
    if questions.closes_at > closing.closes_at:
        raise Refusal("質問の期限は、締切より前にしてください。", field="questions_on")
    shown_on = terms.get("presentation_on")
    if shown_on is not None and shown_on <= closing.effective:
        raise Refusal("プレゼンテーションは、締切より後の日にしてください。", field="presentation_on")
    year_end = FiscalYear(theme.menu.programme.fiscal_year).end
    if not closing.effective < terms["ends_on"] <= year_end:
        raise Refusal("業務の期限は、締切より後で、年度の内の日にしてください。", field="ends_on")
    return {"closes_at": closing.closes_at, "questions_until": questions.closes_at}


def _write_items(call: CommissionCall, items: Sequence[Item]) -> None:
    for position, item in enumerate(items, start=1):
        insert(CommissionItem(call=call, position=position, label=item.label, points=item.points))
