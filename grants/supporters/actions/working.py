"""The days of a placement, recorded by the student and confirmed by the receiving side; the report; the certificate."""

from django.db import transaction

from communities.saving import locked
from portal.documents import actions as documents
from portal.kernel import permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ...actions.payments import order_payment
from ...models import Payment, Placement, PlacementDay
from ...payments.enums import PaymentKind
from .. import mails, queries
from ..enums import OPEN_DAYS, DayState, PlacementState
from ..papers import CERTIFICATE_KIND
from ..workflow import PLACEMENT, PLACEMENT_DAY


@transaction.atomic
def record_day(*, by: Actor, day: PlacementDay, minutes: int, travel_yen: int = 0) -> PlacementDay:
    """What the student did on a day, once it has come: minutes and travel in yen. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.record_placement_day", day)
    _check_running(locked(day.placement))
    _check_figures(day, travel_yen)
    return PLACEMENT_DAY.apply(day, "record", by=by, minutes=minutes, travel_yen=travel_yen)


@transaction.atomic
def confirm_day(
    *, by: Actor, day: PlacementDay, minutes: int, travel_yen: int = 0, is_insured: bool = False
) -> PlacementDay:
    """The receiving side confirms a day, with figures of its own where the student's are wrong or missing.

    Raises PermissionDenied, Refusal (to come, settled already, not insured, more travel than is paid).
    """
    permissions.require(by, "grants.confirm_placement_day", day)
    _check_running(locked(day.placement), PlacementState.REPORTED)
    _check_figures(day, travel_yen)
    if not is_insured:
        raise Refusal("保険に入っていたことを確かめてください。", field="is_insured")
    return PLACEMENT_DAY.apply(day, "confirm", by=by, minutes=minutes, travel_yen=travel_yen, is_insured=True)


@transaction.atomic
def drop_day(*, by: Actor, day: PlacementDay) -> PlacementDay:
    """Call one day off; the others stay. The other sides are told. Raises PermissionDenied, Refusal (the only one left)."""
    permissions.require(by, "grants.drop_placement_day", day)
    _check_running(locked(day.placement), PlacementState.REPORTED)
    others = day.placement.days.exclude(pk=day.pk).exclude(state=DayState.DROPPED)
    if not others.exists():
        raise Refusal("残っているのは、この日だけです。活動そのものを取りやめてください。", code="last")
    PLACEMENT_DAY.apply(day, "drop", by=by)
    mails.day_dropped(day, by=by)
    return day


@transaction.atomic
def report_placement(*, by: Actor, placement: Placement, work: str, learned: str = "") -> Placement:
    """Report what was done, once the last day has come. The office is told. Raises PermissionDenied, Refusal, ValidationError."""
    permissions.require(by, "grants.answer_placement", placement)
    locked(placement)
    ahead = [day for day in placement.days.all() if day.is_open and not day.has_come]
    if placement.is_running and ahead:
        raise Refusal(
            "これからの活動の日があります。すべての日が終わってから、報告してください。", code="early"
        )
    PLACEMENT.apply(placement, "report", by=by, work=work, learned=learned)
    mails.reported(placement)
    return placement


@transaction.atomic
def send_back_report(*, by: Actor, placement: Placement, note: str) -> Placement:
    """Ask the student to mend the report, with the reason. Raises PermissionDenied, Refusal."""
    PLACEMENT.apply(placement, "send_back", by=by, note=note)
    mails.sent_back(placement, note)
    return placement


@transaction.atomic
def confirm_placement(*, by: Actor, placement: Placement) -> Placement:
    """Confirm the report and issue 活動証明書, once every day is confirmed or called off.

    Raises PermissionDenied, Refusal (days open, none confirmed).
    """
    permissions.require(by, "grants.run_placement", placement)
    locked(placement)
    states = set(placement.days.values_list("state", flat=True))
    if placement.state == PlacementState.REPORTED and states & set(OPEN_DAYS):
        raise Refusal("受け入れた側がまだ確認していない日があります。", code="open")
    if placement.state == PlacementState.REPORTED and DayState.CONFIRMED not in states:
        raise Refusal("確認した活動の日が、一日もありません。", code="none")
    PLACEMENT.apply(placement, "confirm", by=by)
    mails.confirmed(placement)
    programme = placement.request.menu.programme
    documents.issue(
        CERTIFICATE_KIND, placement, by=by, authority=programme.authority, section=None, year=programme.fiscal_year
    )  # fmt: skip
    return placement


@transaction.atomic
def order_travel(*, by: Actor, placement: Placement) -> Payment:
    """Order the travel of the confirmed days, where the prefecture pays it: what it cost, so nothing is withheld.

    Raises PermissionDenied, Refusal (not confirmed, not paid, nothing to pay, ordered already).
    """
    permissions.require(by, "grants.run_placement", placement)
    if locked(placement).state != PlacementState.CONFIRMED:
        raise Refusal("活動を確認してから、支出命令を出してください。", code="moved")
    programme, sum_yen = placement.request.menu.programme, queries.travel_of(placement)
    if not sum_yen or not queries.terms_of(programme.authority).pays_travel:
        raise Refusal("支払う交通費がありません。", code="nothing")
    return order_payment(
        by=by, authority=programme.authority, case=placement, slot="travel", title=f"学生サポーター「{placement.request.title}」",
        kind=PaymentKind.TRAVEL, payee=placement.supporter.name, payee_user=placement.supporter.user, gross_yen=sum_yen,
        year=programme.fiscal_year,
    )  # fmt: skip


def _check_running(placement: Placement, *more: PlacementState) -> None:
    if placement.state not in (PlacementState.ACCEPTED, *more):
        raise Refusal(f"この活動は、いま「{placement.get_state_display()}」です。", code="moved")


def _check_figures(day: PlacementDay, travel_yen: int) -> None:
    """The day has come, and the travel is what the authority pays. Raises Refusal."""
    if not day.has_come:
        raise Refusal("まだその日になっていません。活動してから、記録してください。", code="early")
    terms = queries.terms_of(day.placement.request.menu.programme.authority)
    if travel_yen and not terms.pays_travel:
        raise Refusal("この県では、交通費を払っていません。0円にしてください。", field="travel_yen")
    if travel_yen > terms.travel_max_yen:
        raise Refusal(f"交通費は、1日{terms.travel_max_yen:,}円までです。", field="travel_yen")
