"""The procedures of student supporters as tables (workflows.md: registered → matched → active days → report → certificate)."""

from portal.kernel.actors import JobActor, UserActor
from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the tables name its permissions
from .enums import DayState, PlacementState, RequestState, SupporterState

PEOPLE_AND_ENDS = frozenset({UserActor, JobActor})  # a person, or the end of the file (`actions.ending`)

SUPPORTER = Workflow(
    name="supporter",
    model="grants.Supporter",
    states=SupporterState,
    verbose_name="学生サポーターの登録",
    transitions=(
        Transition(
            name="register",
            label="登録する",
            sources=frozenset({SupporterState.REQUESTED}),
            target=SupporterState.REGISTERED,
            permission="grants.keep_supporter",
            stamp="registered",
        ),
        Transition(
            name="refuse",
            label="登録しない",
            sources=frozenset({SupporterState.REQUESTED}),
            target=SupporterState.REFUSED,
            permission="grants.keep_supporter",
            needs_note=True,
        ),
        Transition(
            name="leave",
            label="登録をやめる",
            sources=frozenset({SupporterState.REQUESTED, SupporterState.REGISTERED}),
            target=SupporterState.LEFT,
            permission="grants.leave_supporters",
            stamp="left",
        ),
    ),
)

SUPPORT_REQUEST = Workflow(
    name="supportrequest",
    model="grants.SupportRequest",
    states=RequestState,
    verbose_name="学生サポーターの募集",
    transitions=(
        Transition(
            name="close",
            label="募集を終える",
            sources=frozenset({RequestState.OPEN}),
            target=RequestState.CLOSED,
            permission="grants.run_support",
            actors=PEOPLE_AND_ENDS,
        ),
        Transition(
            name="withdraw",
            label="募集を取り下げる",
            sources=frozenset({RequestState.OPEN}),
            target=RequestState.WITHDRAWN,
            permission="grants.ask_supporters",
            needs_note=True,
        ),
    ),
)

PLACEMENT = Workflow(
    name="placement",
    model="grants.Placement",
    states=PlacementState,
    verbose_name="学生サポーターの活動",
    transitions=(
        Transition(
            name="accept",
            label="引き受ける",
            sources=frozenset({PlacementState.PROPOSED}),
            target=PlacementState.ACCEPTED,
            permission="grants.answer_placement",
            stamp="accepted",
        ),
        Transition(
            name="decline",
            label="引き受けない",
            sources=frozenset({PlacementState.PROPOSED}),
            target=PlacementState.DECLINED,
            permission="grants.answer_placement",
        ),
        Transition(
            name="call_off",
            label="活動を取りやめる",
            sources=frozenset({PlacementState.PROPOSED, PlacementState.ACCEPTED}),
            target=PlacementState.CALLED_OFF,
            permission="grants.call_off_placement",
            actors=PEOPLE_AND_ENDS,
            needs_note=True,
        ),
        Transition(
            name="report",
            label="活動を報告する",
            sources=frozenset({PlacementState.ACCEPTED}),
            target=PlacementState.REPORTED,
            permission="grants.answer_placement",
            stamp="reported",
        ),
        Transition(
            name="send_back",
            label="報告を直してもらう",
            sources=frozenset({PlacementState.REPORTED}),
            target=PlacementState.ACCEPTED,
            permission="grants.run_placement",
            needs_note=True,
        ),
        Transition(
            name="confirm",
            label="活動を確認する",
            sources=frozenset({PlacementState.REPORTED}),
            target=PlacementState.CONFIRMED,
            permission="grants.run_placement",
            stamp="confirmed",
        ),
    ),
)

PLACEMENT_DAY = Workflow(
    name="placementday",
    model="grants.PlacementDay",
    states=DayState,
    verbose_name="活動の日",
    transitions=(
        Transition(
            name="record",
            label="活動を記録する",
            sources=frozenset({DayState.KEPT, DayState.RECORDED}),
            target=DayState.RECORDED,
            permission="grants.record_placement_day",
        ),
        Transition(
            name="confirm",
            label="活動の日を確認する",
            sources=frozenset({DayState.KEPT, DayState.RECORDED}),
            target=DayState.CONFIRMED,
            permission="grants.confirm_placement_day",
            stamp="confirmed",
        ),
        Transition(
            name="drop",
            label="この日を取りやめる",
            sources=frozenset({DayState.KEPT, DayState.RECORDED}),
            target=DayState.DROPPED,
            permission="grants.drop_placement_day",
            actors=PEOPLE_AND_ENDS,
        ),
    ),
)
