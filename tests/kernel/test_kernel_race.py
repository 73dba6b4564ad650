"""Two at once at the kernel's own rows: a file has one owner, an entry of search one row."""

from datetime import timedelta

from portal.kernel import clock, search, uploads
from portal.kernel.actors import JobActor
from portal.kernel.models import Heartbeat, SearchEntry, StoredFile
from portal.kernel.refusals import Refusal
from tests.support import files
from tests.support.threads import race
from tests.support.world import World

BY = JobActor("race")


def test_of_two_that_attach_one_file_one_gets_it(world: World) -> None:
    stored = uploads.stage(files.upload("見積書.pdf"), by=BY)
    targets = [Heartbeat.objects.create(name=f"target-{number}") for number in range(4)]
    outcomes = race(
        *[
            lambda target=target: uploads.attach(StoredFile.objects.get(pk=stored.pk), target)
            for target in targets
        ]
    )
    assert [outcome.ok for outcome in outcomes].count(True) == 1
    assert all(isinstance(outcome.error, Refusal) for outcome in outcomes if not outcome.ok)
    winner = next(place for place, outcome in enumerate(outcomes) if outcome.ok)
    assert StoredFile.objects.get(pk=stored.pk).target_id == f"target-{winner}"


def test_a_file_is_either_attached_or_swept_never_both(world: World) -> None:
    target = Heartbeat.objects.create(name="sweeper")
    for _ in range(5):
        with clock.at(clock.now() - timedelta(days=3)):
            stored = uploads.stage(files.upload("a.pdf"), by=BY)
        attached, swept = race(
            lambda stored=stored: uploads.attach(stored, target),
            lambda: uploads.purge_staged(older_than=timedelta(days=2)),
        )
        row = StoredFile.objects.filter(pk=stored.pk).first()
        assert attached.ok == (row is not None)
        assert swept.value == (0 if row else 1)


def test_writers_of_the_same_entries_end_with_one_row_each(world: World) -> None:
    def write(turn: int) -> None:
        keys = range(20) if turn % 2 else range(19, -1, -1)
        search.put_many(
            search.Entry(kind="race", object_id=str(key), audience=["public"], title=f"{turn}番の名")
            for key in keys
        )

    outcomes = race(*[lambda turn=turn: write(turn) for turn in range(6)])
    assert all(outcome.ok for outcome in outcomes), [outcome.error for outcome in outcomes]
    assert SearchEntry.objects.filter(kind="race").count() == 20
    assert search.find("番の名", audience=["public"], kinds=["race"]).count == 20
