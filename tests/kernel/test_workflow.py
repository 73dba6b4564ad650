"""The one door for state."""

from collections.abc import Iterator

import pytest
import rules
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models

from portal.kernel import permissions, workflow
from portal.kernel.actors import Actor, JobActor, VisitorActor
from portal.kernel.models import AuditEntry, Job, TransitionNote
from portal.kernel.refusals import Refusal, row_of
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
    return closed("door")


def closed(key: str) -> Job:
    return Job.objects.create(kind="closed", key=key, state="done", finished_at="2026-01-01T00:00:00Z")


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


def test_many_move_together_in_three_statements(flow: Workflow, assert_queries) -> None:  # type: ignore[no-untyped-def]
    doors = [closed(f"door-{number}") for number in range(5)]
    with assert_queries(3):
        flow.apply_all(doors, "open", by=JobActor("porter"))
    for rows in (list(Job.objects.all()), doors):
        assert {(row.kind, row.finished_at.year > 2025) for row in rows} == {("open", True)}
    entries = AuditEntry.objects.filter(event="kernel.job.open").order_by("id")
    assert [entry.target_id for entry in entries] == [str(row.pk) for row in doors]
    assert all(entry.data == {"from": "closed", "to": "open"} for entry in entries)


def test_one_that_stands_elsewhere_keeps_all_where_they_are(flow: Workflow) -> None:
    """What counts is the row in the database, not the copy in hand."""
    doors = [closed(f"door-{number}") for number in range(3)]
    Job.objects.filter(pk=doors[1].pk).update(kind="open")
    with pytest.raises(Refusal, match="いま「開」") as refused:
        flow.apply_all(doors, "open", by=JobActor("porter"))
    assert row_of(refused.value) == 1
    assert sorted(Job.objects.values_list("kind", flat=True)) == ["closed", "closed", "open"]
    assert not AuditEntry.objects.filter(event="kernel.job.open").exists()


def test_many_do_not_move_for_the_wrong_actor_without_a_reason_or_when_one_is_gone(flow: Workflow) -> None:
    doors = [closed(f"door-{number}") for number in range(2)]
    with pytest.raises(PermissionDenied):
        flow.apply_all(doors, "open", by=VisitorActor("x"))
    flow.apply_all(doors, "open", by=JobActor("porter"))
    with pytest.raises(Refusal, match="理由を入力"):
        flow.apply_all(doors, "close", by=JobActor("porter"))
    Job.objects.filter(pk=doors[0].pk).delete()
    with pytest.raises(ObjectDoesNotExist):
        flow.apply_all(doors, "close", by=JobActor("porter"))
    assert list(flow.apply_all([], "open", by=JobActor("porter"))) == []
