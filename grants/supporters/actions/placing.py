"""Supporters are asked for at a file; an officer asks a student for days; the student takes it on or does not."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from communities.saving import insert, locked, user_of
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import FiscalYear, wareki
from portal.kernel.refusals import Refusal

from ...models import Placement, PlacementDay, Supporter, SupportRequest
from ...routing import office_of
from .. import mails
from ..enums import (
    DAYS_OF_PLACEMENT,
    OPEN_DAYS,
    DayState,
    PlacementState,
    SupporterState,
)
from ..files import is_alive, kind_of
from ..workflow import PLACEMENT, PLACEMENT_DAY, SUPPORT_REQUEST

NOT_NOW = (PlacementState.DECLINED, PlacementState.CALLED_OFF)


@transaction.atomic
def ask_supporters(*, by: Actor, file: Any, **values: Any) -> SupportRequest:
    """Ask for supporters at a file of ①②③④, by its municipality or its office. The office is told.

    Raises PermissionDenied, Refusal (menu without students, file ended, past), ValidationError.
    """
    permissions.require(by, "grants.ask_supporters", file)
    kind = kind_of(file)
    locked(file)
    if not file.menu.students:
        raise Refusal("このメニューでは、学生サポーターを活用できません。", code="menu")
    if not is_alive(kind, file):
        raise Refusal(
            f"この案件は、いま「{file.get_state_display()}」です。学生サポーターは募れません。", code="moved"
        )
    if values["last_on"] < values["first_on"]:
        raise Refusal("おわりの日は、はじめの日と同じか、それより後にしてください。", field="last_on")
    if values["first_on"] <= clock.today_jst():
        raise Refusal("あしたからの日を入れてください。", field="first_on", code="past")
    year = FiscalYear(file.menu.programme.fiscal_year)
    if values["first_on"] not in year or values["last_on"] not in year:
        raise Refusal(f"{year.label}のうちの日にしてください。", field="last_on", code="year")
    office = getattr(file, "office", None) or office_of(file.menu, file.municipality)
    request = insert(
        SupportRequest(
            menu=file.menu, municipality=file.municipality, office=office, created_by=user_of(by), **{kind: file}, **values
        )
    )  # fmt: skip
    audit.record("grants.supportrequest.asked", by=by, target=request, data={"people": request.people})
    mails.asked(request)
    return request


@transaction.atomic
def close_request(*, by: Actor, request: SupportRequest) -> SupportRequest:
    """Ask nobody else; who was asked stays. Raises PermissionDenied, Refusal."""
    return SUPPORT_REQUEST.apply(request, "close", by=by)


@transaction.atomic
def withdraw_request(*, by: Actor, request: SupportRequest, note: str) -> SupportRequest:
    """Take it back with the reason; who was asked or comes is told. Raises PermissionDenied, Refusal (someone has worked)."""
    SUPPORT_REQUEST.apply(request, "withdraw", by=by, note=note)
    for placement in request.placements.exclude(state__in=NOT_NOW).select_related(
        "supporter__user", "request"
    ):
        end_placement(placement, by=by, note=note)
    return request


@transaction.atomic
def propose_supporter(
    *, by: Actor, request: SupportRequest, supporter: Supporter, days: Sequence[date]
) -> Placement:
    """Ask a student for days within the time wanted; the days are kept from now on.

    Nobody works twice on one day: of two officers at once the later is told. Raises PermissionDenied, Refusal (not open,
    enough people, file ended, not registered, not free), ValidationError.
    """
    permissions.require(by, "grants.run_support", request)
    locked(request.file)  # the case first: its end calls off who was placed
    if not locked(request).is_open:
        raise Refusal(f"この募集は、いま「{request.get_state_display()}」です。", code="moved")
    if not is_alive(request.kind, request.file):
        raise Refusal("この案件は終わりました。募集を取り下げてください。", code="ended")
    if request.placements.exclude(state__in=NOT_NOW).count() >= request.people:
        raise Refusal(f"募った{request.people}人に、もう打診しています。", code="full")
    if supporter.authority_id != request.menu.programme.authority_id:
        raise Refusal("この県の登録から選んでください。", field="supporter")
    if locked(supporter).state != SupporterState.REGISTERED:
        raise Refusal("この学生は、いま登録されていません。", field="supporter", code="left")
    _check_days(request, supporter, days)
    placement = insert(Placement(request=request, supporter=supporter, proposed_by=user_of(by)))
    for on in sorted(set(days)):
        insert(PlacementDay(placement=placement, supporter=supporter, on=on))
    audit.record("grants.placement.proposed", by=by, target=placement, data={"days": len(set(days))})
    mails.proposed(placement, "、".join(wareki(on) for on in sorted(set(days))))
    return placement


@transaction.atomic
def accept_placement(*, by: Actor, placement: Placement) -> Placement:
    """Take it on. The municipality and the office are told. Raises PermissionDenied, Refusal (answered, the days are over)."""
    permissions.require(by, "grants.answer_placement", placement)
    locked(placement)
    ahead = placement.days.filter(state=DayState.KEPT, on__gte=clock.today_jst())
    if placement.state == PlacementState.PROPOSED and not ahead.exists():
        raise Refusal("打診された日が、すべてすぎています。引き受けられません。", code="past")
    PLACEMENT.apply(placement, "accept", by=by)
    mails.answered(placement, accepted=True)
    return placement


@transaction.atomic
def decline_placement(*, by: Actor, placement: Placement, note: str = "") -> Placement:
    """Do not take it on; no reason is needed. The days are free again. Raises PermissionDenied, Refusal."""
    PLACEMENT.apply(placement, "decline", by=by, note=note)
    _free(placement, by=by)
    mails.answered(placement, accepted=False)
    return placement


@transaction.atomic
def call_off_placement(*, by: Actor, placement: Placement, note: str) -> Placement:
    """Call it off with the reason, before a day was confirmed. The other sides are told. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.call_off_placement", placement)
    return end_placement(placement, by=by, note=note)


def end_placement(placement: Placement, *, by: Actor, note: str) -> Placement:
    """Call off a placement within the caller's right and transaction. Raises Refusal where a day was worked already."""
    locked(placement)
    if placement.days.filter(state__in=[DayState.RECORDED, DayState.CONFIRMED]).exists():
        raise Refusal(
            f"{placement.supporter.name}さんは、もう活動しています。残りの日を取りやめて、報告と確認をしてください。",
            code="worked",
        )
    PLACEMENT.apply(placement, "call_off", by=by, note=note)
    _free(placement, by=by)
    mails.called_off(placement, note, by=by)
    return placement


def _free(placement: Placement, *, by: Actor) -> None:
    for day in placement.days.filter(state__in=OPEN_DAYS).select_related("placement__supporter"):
        PLACEMENT_DAY.apply(day, "drop", by=by)


def _check_days(request: SupportRequest, supporter: Supporter, days: Sequence[date]) -> None:
    wanted = set(days)
    if not wanted or len(wanted) > DAYS_OF_PLACEMENT:
        raise Refusal(f"日を、1日から{DAYS_OF_PLACEMENT}日まで選んでください。", field="days")
    if any(not request.first_on <= on <= request.last_on or on <= clock.today_jst() for on in wanted):
        raise Refusal("募った期間のうち、あしたからの日を選んでください。", field="days")
    offered = set(supporter.offers.filter(on__in=wanted).values_list("on", flat=True))
    if missing := sorted(wanted - offered):
        names = "、".join(wareki(on) for on in missing)
        raise Refusal(f"{supporter.name}さんが活動できる日として出していません({names})。", field="days")
