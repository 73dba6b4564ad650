"""The one door for state."""

from collections.abc import Iterator

import pytest
import rules
from django.core.exceptions import PermissionDenied
from django.db import models

from portal.kernel import permissions, workflow
from portal.kernel.actors import Actor, JobActor, VisitorActor
from portal.kernel.models import AuditEntry, Job, TransitionNote
from portal.kernel.refusals import Refusal
from portal.kernel.workflow import Transition, Workflow

pytestmark = pytest.mark.django_db


class Door(models.TextChoices):
    CLOSED = "closed", "閉"
    OPEN = "open", "開"


@pytest.fixture
def flow() -> Iterator[Workflow]:
    """A table over a plain text column of a table that exists, so that no model lives for tests alone."""
    table = Workflow(
        name="door",
        model="kernel.Job",
        states=Door,
        field="kind",
        verbose_name="扉",
        transitions=[
            Transition(
                name="open",
                label="開ける",
                sources=frozenset({"closed"}),
                target="open",
                permission="kernel.open_door",
                actors=frozenset({JobActor}),
                stamp="finished",
            ),
            Transition(
                name="close",
                label="閉める",
                sources=frozenset({"open"}),
                target="closed",
                permission="kernel.open_door",
                actors=frozenset({JobActor}),
                needs_note=True,
            ),
        ],
    )
    yield table
    workflow.registry.remove(table)


@pytest.fixture
def door() -> Job:
    return Job.objects.create(kind="closed", key="door", state="done", finished_at="2026-01-01T00:00:00Z")


def entries(door: Job) -> models.QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(target_id=str(door.pk))


def test_apply_writes_state_stamp_and_record(flow: Workflow, door: Job) -> None:
    flow.apply(door, "open", by=JobActor("tester"), total_count=7)
    door.refresh_from_db()
    assert (door.kind, door.total_count, door.finished_at.year > 2025) == ("open", 7, True)
    entry = entries(door).get()
    assert (entry.event, entry.actor_ref, entry.target_id) == ("kernel.job.open", "job:tester", str(door.pk))
    assert entry.data == {"from": "closed", "to": "open"}


def test_apply_from_wrong_state_refuses_and_writes_nothing(flow: Workflow, door: Job) -> None:
    flow.apply(door, "open", by=JobActor("tester"))
    with pytest.raises(Refusal, match="いま「開」です") as refusal:
        flow.apply(door, "open", by=JobActor("tester"), total_count=9)
    assert refusal.value.code == "moved"
    door.refresh_from_db()
    assert door.total_count == 0
    assert entries(door).count() == 1


def test_apply_rereads_a_stale_row(flow: Workflow, door: Job) -> None:
    stale = Job.objects.get(pk=door.pk)
    flow.apply(door, "open", by=JobActor("tester"))
    with pytest.raises(Refusal):
        flow.apply(stale, "open", by=JobActor("tester"))


def test_apply_by_unnamed_kind_of_actor_is_denied(flow: Workflow, door: Job) -> None:
    with pytest.raises(PermissionDenied):
        flow.apply(door, "open", by=VisitorActor("x"))
    assert not entries(door).exists()


def test_note_is_needed_and_kept_outside_the_log(flow: Workflow, door: Job) -> None:
    flow.apply(door, "open", by=JobActor("tester"))
    with pytest.raises(Refusal) as refusal:
        flow.apply(door, "close", by=JobActor("tester"), note="  ")
    assert refusal.value.field == "note"
    flow.apply(door, "close", by=JobActor("tester"), note="風が強いため")
    note = TransitionNote.objects.get()
    data = entries(door).order_by("id").last().data
    assert (note.text, data["note"]) == ("風が強いため", str(note.pk))
    assert "風" not in str(data)


def test_available_lists_only_what_this_actor_may_do_now(flow: Workflow, door: Job) -> None:
    assert [step.name for step in flow.available(door, JobActor("t"))] == ["open"]
    assert flow.available(door, VisitorActor("x")) == []


def test_table_with_unknown_state_or_double_name_is_refused() -> None:
    def step(target: str) -> Transition:
        return Transition(
            name="go", label="進む", sources=frozenset({"open"}), target=target, permission="kernel.go"
        )

    with pytest.raises(ValueError, match="unknown states"):
        Workflow(name="x", model="kernel.Job", states=Door, transitions=[step("lost")], verbose_name="扉")
    with pytest.raises(ValueError, match="twice"):
        Workflow(
            name="x",
            model="kernel.Job",
            states=Door,
            transitions=[step("open"), step("open")],
            verbose_name="扉",
        )


def test_mermaid_names_states_and_arrows(flow: Workflow) -> None:
    drawn = workflow.mermaid(flow)
    assert "closed --> open: 開ける" in drawn
    assert "open --> closed: 閉める(理由)" in drawn


def test_permission_gives_verdict_with_reason() -> None:
    @rules.predicate
    def is_seven(actor: Actor, number: int) -> bool:
        return number == 7

    permissions.define("kernel.test_seven", is_seven, reason="7だけです。")
    try:
        assert permissions.check(JobActor("t"), "kernel.test_seven", 7)
        assert permissions.check(JobActor("t"), "kernel.test_seven", 8).reason == "7だけです。"
        with pytest.raises(PermissionDenied, match="7だけです"):
            permissions.require(JobActor("t"), "kernel.test_seven", 8)
        with pytest.raises(KeyError):
            permissions.check(JobActor("t"), "kernel.nobody_defined", 7)
    finally:
        rules.remove_perm("kernel.test_seven")
        permissions._reasons.pop("kernel.test_seven")
