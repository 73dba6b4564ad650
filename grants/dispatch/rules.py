"""What an actor may do to a dispatch, an advisor and a visit: standing only; the phase is the workflow's matter."""

from typing import TYPE_CHECKING

import rules

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.areas.models import Authority
from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..rules import MUNICIPAL, PREFECTURAL

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
    """The advisor who declines, the office that refuses or calls off, the chief who takes the request back."""
    case = visit.dispatch
    return visit.advisor_id in Scope.of(actor).standing("advisor") or bool(
        is_officer_of_dispatch(actor, case) or is_chief_of_requester(actor, case)
    )


@rules.predicate
def decides_dispatch(actor: Actor, dispatch: "Dispatch") -> bool:
    return dispatch.menu.programme.authority.area_id in Scope.of(actor).homes(*PREFECTURAL)


@rules.predicate
def takes_part(actor: Actor, visit: "Visit") -> bool:
    """The municipality or the advisor."""
    case = visit.dispatch
    return bool(works_for_requester(actor, case)) or visit.advisor_id in Scope.of(actor).standing("advisor")


@rules.predicate
def sets_days(actor: Actor, dispatch: "Dispatch") -> bool:
    """All three sides settle the days among themselves."""
    return bool(
        works_for_requester(actor, dispatch)
        or is_advisor_of_dispatch(actor, dispatch)
        or is_officer_of_dispatch(actor, dispatch)
    )


@rules.predicate
def keeps_register(actor: Actor, authority: Authority) -> bool:
    return authority.area_id in Scope.of(actor).homes(Role.PREFECTURE_OFFICER)


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
    reason="申し込むことと取り下げることができるのは、市町村の決裁者です。庁内の決裁が済んだら、決裁者の役職を持つ人がこの画面から申し込みます。",
)
permissions.define(
    "grants.run_dispatch",
    is_officer_of_dispatch,
    reason="派遣の手続きを進められるのは、この案件を受け持つ振興局・支庁または課の担当者です。",
)
permissions.define(
    "grants.answer_dispatch",
    is_advisor_of_dispatch,
    reason="返事ができるのは、打診を受けたアドバイザーです。",
)
permissions.define(
    "grants.keep_advisors",
    keeps_register,
    reason="アドバイザーを登録できるのは、この事業を行う県の担当者です。",
)
permissions.define("grants.offer_times", is_this_advisor, reason="空いている時間を出せるのは、本人だけです。")
permissions.define(
    "grants.drop_visit",
    frees_time,
    reason="予定を取りやめられるのは、アドバイザーと、申し込んだ市町村の決裁者、この案件を受け持つ振興局・支庁または課の担当者です。",
)
permissions.define(
    "grants.conclude_dispatch",
    decides_dispatch,
    reason="派遣を決定できるのは、この事業を行う県の職員です。",
)
permissions.define(
    "grants.fix_visit",
    rules.predicate(lambda actor, visit: decides_dispatch(actor, visit.dispatch)),
    reason="仮の予定を決められるのは、この事業を行う県の職員です。",
)
DAYS = "日程を決められるのは、市町村、アドバイザー、受け持ちの振興局・支庁の担当者です。"
permissions.define("grants.set_days", sets_days, reason=DAYS)
permissions.define(
    "grants.run_visit", rules.predicate(lambda actor, visit: sets_days(actor, visit.dispatch)), reason=DAYS
)
permissions.define(
    "grants.take_part_in_visit",
    takes_part,
    reason="実施の記録と報告ができるのは、市町村とアドバイザーです。",
)
permissions.define(
    "grants.issue_visit_report",
    rules.predicate(lambda actor, visit: works_for_requester(actor, visit.dispatch)),
    reason="派遣報告書を出せるのは、派遣を受けた市町村です。",
)
