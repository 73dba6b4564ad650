"""What an actor may do to a dispatch, an advisor and a visit: standing only; the phase is the workflow's matter."""

from typing import TYPE_CHECKING

import rules

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.areas.models import Authority
from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..rules import MUNICIPAL

if TYPE_CHECKING:
    from ..models import Advisor, Dispatch, Visit


@rules.predicate
def works_for_requester(actor: Actor, dispatch: "Dispatch") -> bool:
    return dispatch.municipality_id in Scope.of(actor).areas(*MUNICIPAL)


@rules.predicate
def is_chief_of_requester(actor: Actor, dispatch: "Dispatch") -> bool:
    return dispatch.municipality_id in Scope.of(actor).areas(Role.MUNICIPAL_CHIEF)


@rules.predicate
def is_officer_of_dispatch(actor: Actor, dispatch: "Dispatch") -> bool:
    return dispatch.office_id in Scope.of(actor).sections(Role.PREFECTURE_OFFICER)


@rules.predicate
def is_advisor_of_dispatch(actor: Actor, dispatch: "Dispatch") -> bool:
    return dispatch.advisor_id is not None and dispatch.advisor_id in Scope.of(actor).standing("advisor")


@rules.predicate
def frees_time(actor: Actor, visit: "Visit") -> bool:
    """The advisor who declines, or the office that refuses or calls off."""
    case = visit.dispatch
    return visit.advisor_id in Scope.of(actor).standing("advisor") or bool(
        is_officer_of_dispatch(actor, case)
    )


@rules.predicate
def keeps_register(actor: Actor, authority: Authority) -> bool:
    return authority.area_id in Scope.of(actor).areas(Role.PREFECTURE_OFFICER)


@rules.predicate
def is_this_advisor(actor: Actor, advisor: "Advisor") -> bool:
    return advisor.pk in Scope.of(actor).standing("advisor")


permissions.define(
    "grants.write_dispatch",
    works_for_requester,
    reason="この申込みを書けるのは、その市町村の担当者と決裁者です。",
)
permissions.define(
    "grants.submit_dispatch",
    is_chief_of_requester,
    reason="申し込めるのは、市町村の決裁者です。庁内の決裁が済んだら、決裁者の役職を持つ人がこの画面から申し込みます。",
)
permissions.define(
    "grants.run_dispatch",
    is_officer_of_dispatch,
    reason="派遣の手続きを進められるのは、この市町村を受け持つ振興局・支庁の担当者です。",
)
permissions.define(
    "grants.answer_dispatch",
    is_advisor_of_dispatch,
    reason="返事ができるのは、打診を受けたアドバイザーです。",
)
permissions.define(
    "grants.keep_advisors", keeps_register, reason="アドバイザーを登録できるのは、その団体の県担当です。"
)
permissions.define("grants.offer_times", is_this_advisor, reason="空いている時間を出せるのは、本人だけです。")
permissions.define(
    "grants.drop_visit",
    frees_time,
    reason="予定を取りやめられるのは、アドバイザーと、この市町村を受け持つ振興局・支庁の担当者です。",
)
