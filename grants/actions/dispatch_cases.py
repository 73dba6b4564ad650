"""A dispatch from its draft to the advisor's answer."""

from datetime import datetime
from typing import Any

from django.db import transaction

from communities.saving import change, insert, locked, user_of
from portal.areas.models import Area
from portal.areas.queries import regional_office
from portal.documents import actions as documents
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import living
from ..calling import check_begun, check_taken
from ..dispatch import mails, queries
from ..dispatch.enums import DispatchState
from ..dispatch.papers import APPLICATION
from ..dispatch.times import check_time
from ..dispatch.workflow import DISPATCH
from ..models import Advisor, Dispatch, Menu, Visit
from ..relief import actions as relief
from ..routing import office_of
from ..supporters.actions.ending import end_support
from ..together.drafts import CONFLICT
from ..workshop.lecturing import lock_free
from . import approving
from .dispatch_visits import drop_visits


@transaction.atomic
def start_dispatch(*, by: Actor, menu: Menu, municipality: Area, **values: Any) -> Dispatch:
    """Open a draft of `municipality`, routed to the office that looks after it. Raises PermissionDenied, Refusal, ValidationError."""
    permissions.require(by, "grants.start_application", municipality)
    if not queries.menus(clock.now()).filter(pk=menu.pk).exists():
        raise Refusal("このメニューでは、いま派遣の申込みを受け付けていません。", field="menu", code="closed")
    check_begun(menu, municipality, clock.now())
    _check_choices(menu, municipality, values)
    living.check_room(menu, municipality.pk)
    dispatch = insert(
        Dispatch(
            menu=menu, municipality=municipality, office=office_of(menu, municipality), created_by=user_of(by),
            **{"applicant_title": f"{municipality.name}長", **values},
        )
    )  # fmt: skip
    audit.record("grants.dispatch.started", by=by, target=dispatch)
    return dispatch


@transaction.atomic
def save_dispatch(*, by: Actor, dispatch: Dispatch, revision: int, tab: str = "", **values: Any) -> Dispatch:
    """Save what the municipality writes; nothing is sent. `tab` names the page: its own lost answer is no conflict.

    Raises PermissionDenied, Refusal (sent, saved meanwhile), ValidationError.
    """
    permissions.require(by, "grants.write_dispatch", dispatch)
    if not locked(dispatch).is_writable:
        raise Refusal(
            f"この派遣は、いま「{dispatch.get_state_display()}」です。直せるのは、下書きと補正待ちのあいだだけです。",
            code="moved",
        )
    if dispatch.is_stale(revision, tab):
        raise Refusal(CONFLICT, code="conflict")
    _check_choices(dispatch.menu, dispatch.municipality, values)
    saved = {"saved_at": clock.now(), "saved_by": user_of(by), "saved_tab": tab}
    change(dispatch, {**values, **saved, "revision": dispatch.revision + 1})
    audit.record("grants.dispatch.saved", by=by, target=dispatch, data={"revision": dispatch.revision})
    return dispatch


@transaction.atomic
def submit_dispatch(*, by: Actor, dispatch: Dispatch) -> Dispatch:
    """Request the dispatch, by the municipality's chief: everything is there, a call is open if the menu has one. Issues 派遣申込書.

    A second request after a correction replaces the paper of the first. Raises PermissionDenied, Refusal.
    """
    permissions.require(by, "grants.submit_dispatch", dispatch)
    locked(dispatch)
    if dispatch.is_writable:
        _check_may_be_sent(dispatch, by)
    DISPATCH.apply(dispatch, "submit", by=by, version=dispatch.version + 1)
    programme = dispatch.menu.programme
    documents.issue(
        APPLICATION, dispatch, by=by, authority=programme.authority, section=None, year=programme.fiscal_year,
        own_number=dispatch.own_number,
    )  # fmt: skip
    mails.requested(dispatch)
    return dispatch


@transaction.atomic
def return_dispatch(*, by: Actor, dispatch: Dispatch, note: str) -> Dispatch:
    """Ask the municipality to correct its request, with the reason. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.run_dispatch", dispatch)
    _check_undrafted(locked(dispatch))
    DISPATCH.apply(dispatch, "return_for_correction", by=by, note=note)
    mails.returned(dispatch, note)
    return dispatch


@transaction.atomic
def propose_advisor(
    *,
    by: Actor,
    dispatch: Dispatch,
    advisor: Advisor,
    visits_count: int,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
) -> Dispatch:
    """Ask an advisor for so many visits, and keep their time for the first one.

    The advisor has the field, goes there, is active in the year and has an account; the municipality has visits left.
    Locks: case, then the menu (for the visits left), then the advisor (whom a workshop may keep); of two visits that want
    the same time, the database refuses one.
    Raises PermissionDenied, Refusal, ValidationError.
    """
    permissions.require(by, "grants.run_dispatch", dispatch)
    locked(dispatch)
    if dispatch.state == DispatchState.REQUESTED:
        _check_undrafted(dispatch)
        _check_advisor(dispatch, advisor)
        check_time(dispatch, starts_at, ends_at)
        _check_left(dispatch, visits_count)
        lock_free(advisor, starts_at, ends_at)
    DISPATCH.apply(dispatch, "propose", by=by, advisor=advisor, visits_count=visits_count)
    visit = insert(
        Visit(
            dispatch=dispatch, advisor=advisor, number=1, starts_at=starts_at, ends_at=ends_at, place=place,
            created_by=user_of(by),
        )
    )  # fmt: skip
    audit.record("grants.visit.kept_free", by=by, target=visit)
    mails.proposed(dispatch, visit)
    return dispatch


@transaction.atomic
def accept_dispatch(*, by: Actor, dispatch: Dispatch) -> Dispatch:
    """The advisor takes it on. Raises PermissionDenied, Refusal."""
    DISPATCH.apply(dispatch, "accept", by=by)
    mails.accepted(dispatch)
    return dispatch


@transaction.atomic
def decline_dispatch(*, by: Actor, dispatch: Dispatch, note: str) -> Dispatch:
    """The advisor does not take it on, with the reason; their time is free again. Raises PermissionDenied, Refusal."""
    asked = dispatch.advisor
    DISPATCH.apply(
        dispatch,
        "decline",
        by=by,
        note=note,
        advisor=None,
        visits_count=None,
        proposed_at=None,
        proposed_by=None,
    )
    drop_visits(dispatch, by=by)
    mails.declined(dispatch, asked, note)
    return dispatch


@transaction.atomic
def discard_dispatch(*, by: Actor, dispatch: Dispatch) -> Dispatch:
    """Give a draft up; nothing is deleted, nobody else ever sees it. Raises PermissionDenied, Refusal (requested already)."""
    return DISPATCH.apply(dispatch, "discard", by=by)


@transaction.atomic
def withdraw_dispatch(*, by: Actor, dispatch: Dispatch, note: str) -> Dispatch:
    """Take a request back, by the municipality's chief with the reason, until an advisor has taken it on.

    The time kept for it is free again, a 決裁 that nobody is sent is dropped; the office is told, and the advisor who was
    asked. Raises PermissionDenied, Refusal.
    """
    permissions.require(by, "grants.submit_dispatch", dispatch)
    locked(dispatch)
    approval = queries.open_approval(dispatch) if dispatch.is_withdrawable else None
    DISPATCH.apply(dispatch, "withdraw", by=by, note=note)
    drop_visits(dispatch, by=by)
    if approval is not None:
        approving.drop(by=by, approval=approval)
    end_support(by=by, file=dispatch, reason="派遣の申込みが取り下げられたため")
    mails.withdrawn(dispatch, note)
    return dispatch


def _check_undrafted(dispatch: Dispatch) -> None:
    """That nobody is sent is not being decided just now."""
    if queries.open_approval(dispatch) is not None:
        raise Refusal("派遣しないことの決裁の途中です。差し戻されてから、進めてください。", code="deciding")


def _check_may_be_sent(dispatch: Dispatch, by: Actor) -> None:
    if dispatch.missing:
        raise Refusal(f"まだ申し込めません。次の欄が空です。{'、'.join(dispatch.missing)}", code="incomplete")
    if not queries.menus(clock.now()).filter(pk=dispatch.menu_id).exists():
        raise Refusal("このメニューでは、いま派遣の申込みを受け付けていません。", code="closed")
    if dispatch.state == DispatchState.DRAFT and (late := check_taken(dispatch, clock.now())) is not None:
        relief.bind(by=by, admission=late, application=dispatch)


def _check_choices(menu: Menu, municipality: Area, values: dict[str, Any]) -> None:
    """The コミプラ is the municipality's, the wished advisor the authority's."""
    platform, wished = values.get("platform"), values.get("wished")
    if platform is not None and platform.area_id != municipality.pk:
        raise Refusal("コミプラは、この市町村のものから選んでください。", field="platform")
    if wished is not None and wished.authority_id != menu.programme.authority_id:
        raise Refusal("アドバイザーは、この県に登録された人から選んでください。", field="wished")


def _check_advisor(dispatch: Dispatch, advisor: Advisor) -> None:
    if not queries.to_be_asked(dispatch).filter(pk=advisor.pk).exists():
        raise Refusal(
            "このアドバイザーは、この年度に活動していないか、返事をするための利用者がまだ登録されていません。",
            field="advisor",
        )
    if not advisor.knows(dispatch.subject):
        raise Refusal(
            f"{advisor.name}さんの分野に「{dispatch.get_subject_display()}」はありません。", field="advisor"
        )
    region = regional_office(dispatch.municipality)
    offices = set(advisor.offices.values_list("pk", flat=True))
    if offices and region.pk not in offices:
        raise Refusal(f"{advisor.name}さんの行ける地域に、{region.name}はありません。", field="advisor")


def _check_left(dispatch: Dispatch, visits_count: int) -> None:
    """Under the lock of the menu, so that two officers cannot both give the last visit."""
    locked(dispatch.menu)
    left = queries.visits_left(dispatch)
    if left is not None and visits_count > left:
        raise Refusal(
            f"{dispatch.municipality.name}に派遣できる回数は、この年度はのこり{left}回です。",
            field="visits_count",
        )
