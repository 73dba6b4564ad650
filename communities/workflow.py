"""The procedures of communities, as tables. `kernel.workflow` is the only door; nothing else assigns a state."""

from functools import partial

from portal.kernel.actors import JobActor, TokenActor, UserActor
from portal.kernel.workflow import Transition, Workflow

from .enums import (
    CollaborationState,
    CommunityState,
    EventState,
    MembershipState,
    PlatformPhase,
    RegistrationState,
    Stage,
)

_C, _M, _S, _E, _R, _K, _P = (
    CommunityState, MembershipState, Stage, EventState, RegistrationState, CollaborationState, PlatformPhase,
)

COMMUNITY = Workflow(
    name="community", model="communities.Community", states=CommunityState, verbose_name="コミュニティ",
    transitions=(
        Transition(
            name="publish", label="公開する", sources=frozenset({_C.DRAFT}), target=_C.PUBLISHED,
            permission="communities.publish_community", stamp="published",
        ),
        Transition(
            name="discard", label="取りやめる", sources=frozenset({_C.DRAFT}), target=_C.DISCARDED,
            permission="communities.publish_community",
        ),
        Transition(
            name="rest", label="休止にする", sources=frozenset({_C.PUBLISHED}), target=_C.DORMANT,
            permission="communities.edit_community",
        ),
        Transition(
            name="wake", label="再開する", sources=frozenset({_C.DORMANT}), target=_C.PUBLISHED,
            permission="communities.edit_community",
        ),
        Transition(
            name="dissolve", label="解散にする", sources=frozenset({_C.PUBLISHED, _C.DORMANT}), target=_C.DISSOLVED,
            permission="communities.publish_community", needs_note=True,
        ),
    ),
)

MEMBERSHIP = Workflow(
    name="membership", model="communities.Membership", states=MembershipState, verbose_name="参加",
    transitions=(
        Transition(
            name="accept", label="受け入れる", sources=frozenset({_M.REQUESTED}), target=_M.ACTIVE,
            permission="communities.answer_membership", stamp="answered",
        ),
        Transition(
            name="decline", label="お断りする", sources=frozenset({_M.REQUESTED}), target=_M.DECLINED,
            permission="communities.answer_membership", needs_note=True, stamp="answered",
        ),
        Transition(
            name="withdraw", label="申込みを取り下げる", sources=frozenset({_M.REQUESTED}), target=_M.REFUSED,
            permission="communities.own_membership",
        ),
        Transition(
            name="accept_invitation", label="招待を受ける", sources=frozenset({_M.INVITED}), target=_M.ACTIVE,
            permission="communities.own_membership",
        ),
        Transition(
            name="refuse_invitation", label="招待を断る", sources=frozenset({_M.INVITED}), target=_M.REFUSED,
            permission="communities.own_membership",
        ),
        Transition(
            name="leave", label="退会する", sources=frozenset({_M.ACTIVE}), target=_M.LEFT,
            permission="communities.own_membership",
        ),
        Transition(
            name="remove", label="退会させる", sources=frozenset({_M.ACTIVE}), target=_M.LEFT,
            permission="communities.answer_membership", needs_note=True,
        ),
    ),
)

_step = partial(Transition, permission="communities.move_initiative", stamp="stage_changed")
INITIATIVE = Workflow(
    name="initiative", model="communities.Initiative", states=Stage, field="stage", verbose_name="取組",
    transitions=(
        _step(name="consider", label="検討をはじめる", sources=frozenset({_S.IDEA}), target=_S.CONSIDERING),
        _step(name="prepare", label="準備にうつる", sources=frozenset({_S.CONSIDERING}), target=_S.PREPARING),
        _step(name="run", label="実施にうつる", sources=frozenset({_S.PREPARING}), target=_S.RUNNING),
        _step(
            name="become_independent", label="自立した", sources=frozenset({_S.RUNNING}), target=_S.INDEPENDENT
        ),
        _step(name="finish", label="やりとげて終える", sources=frozenset({_S.INDEPENDENT}), target=_S.ENDED),
        _step(
            name="end", label="終える", target=_S.ENDED, needs_note=True,
            sources=frozenset({_S.IDEA, _S.CONSIDERING, _S.PREPARING, _S.RUNNING}),
        ),
    ),
)

EVENT = Workflow(
    name="event", model="communities.Event", states=EventState, verbose_name="催し",
    transitions=(
        Transition(
            name="publish", label="公開する", sources=frozenset({_E.DRAFT}), target=_E.PUBLISHED,
            permission="communities.run_event", stamp="published",
        ),
        Transition(
            name="close_entries", label="受付を終える", sources=frozenset({_E.PUBLISHED}), target=_E.ENTRIES_CLOSED,
            permission="communities.run_event", actors=frozenset({UserActor, JobActor}),
        ),
        Transition(
            name="reopen_entries", label="受付を再開する", sources=frozenset({_E.ENTRIES_CLOSED}), target=_E.PUBLISHED,
            permission="communities.run_event",
        ),
        Transition(
            name="hold", label="開催した", sources=frozenset({_E.PUBLISHED, _E.ENTRIES_CLOSED}), target=_E.HELD,
            permission="communities.run_event",
        ),
        Transition(
            name="cancel", label="中止する", sources=frozenset({_E.PUBLISHED, _E.ENTRIES_CLOSED}), target=_E.CANCELLED,
            permission="communities.run_event", needs_note=True, stamp="cancelled",
        ),
    ),
)

_SEATED = frozenset({_R.ENTERED, _R.CONFIRMED, _R.WAITING, _R.OFFERED})
REGISTRATION = Workflow(
    name="registration", model="communities.Registration", states=RegistrationState, verbose_name="申込み",
    transitions=(
        Transition(
            name="cancel", label="取り消す", sources=_SEATED, target=_R.CANCELLED, stamp="cancelled",
            permission="communities.cancel_registration", actors=frozenset({UserActor, TokenActor}),
        ),
    ),
)

_to_count = partial(Transition, target=_K.COUNTED, stamp="counted", label="協働数に数える")
COLLABORATION = Workflow(
    name="collaboration", model="communities.Collaboration", states=CollaborationState, verbose_name="協働の記録",
    transitions=(
        Transition(
            name="submit", label="提出する", sources=frozenset({_K.DRAFT, _K.RETURNED}), target=_K.SUBMITTED,
            permission="communities.record_collaboration", stamp="submitted",
        ),
        Transition(
            name="ward_confirm", label="区で確認する", sources=frozenset({_K.SUBMITTED}), target=_K.WARD_CONFIRMED,
            permission="communities.ward_confirm_collaboration", stamp="ward_confirmed",
        ),
        _to_count(name="count", sources=frozenset({_K.WARD_CONFIRMED}), permission="communities.count_collaboration"),
        _to_count(
            name="count_directly", sources=frozenset({_K.SUBMITTED}),
            permission="communities.count_collaboration_without_ward",
        ),
        Transition(
            name="return", label="差し戻す", sources=frozenset({_K.SUBMITTED, _K.WARD_CONFIRMED}), target=_K.RETURNED,
            permission="communities.return_collaboration", needs_note=True, stamp="returned",
        ),
    ),
)

_set = partial(Transition, permission="communities.set_platform_stage")
PLATFORM = Workflow(
    name="platform", model="communities.Platform", states=PlatformPhase, field="stage", verbose_name="コミプラのステージ",
    transitions=(
        _set(name="prepare", label="設立準備へ", sources=frozenset({_P.CONSIDERING}), target=_P.PREPARING),
        _set(name="form", label="形成初期へ", sources=frozenset({_P.PREPARING}), target=_P.FORMING),
        _set(name="sustain", label="持続へ", sources=frozenset({_P.FORMING}), target=_P.SUSTAINING),
        _set(
            name="back_to_considering", label="検討へもどす", sources=frozenset({_P.PREPARING}), target=_P.CONSIDERING,
            needs_note=True,
        ),
        _set(
            name="back_to_preparing", label="設立準備へもどす", sources=frozenset({_P.FORMING}), target=_P.PREPARING,
            needs_note=True,
        ),
        _set(
            name="back_to_forming", label="形成初期へもどす", sources=frozenset({_P.SUSTAINING}), target=_P.FORMING,
            needs_note=True,
        ),
    ),
)
