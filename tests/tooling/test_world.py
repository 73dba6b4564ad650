"""The world of tests with real processes: what it promises to the tests of the apps."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from portal.kernel import clock as kernel_clock
from tests.support.browser import People, assert_axe, axe_violations
from tests.support.database import ROOT
from tests.support.processes import RedisServer, Server, Worker, wait_until
from tests.support.threads import race
from tests.support.world import ClockFile, World

pytestmark = pytest.mark.usefixtures("world")


def note(key: str) -> None:
    Session.objects.create(session_key=key, session_data="", expire_date=timezone.now())


def test_rows_are_committed_and_seen_by_other_threads(world: World):
    assert connection.settings_dict["NAME"] == world.name
    note("committed")
    [outcome] = race(lambda: Session.objects.filter(session_key="committed").count())
    assert outcome.value == 1


def test_race_runs_at_once_and_returns_every_outcome():
    meeting = threading.Barrier(2)

    def both() -> int:
        return meeting.wait(5)

    def fails() -> None:
        raise ValueError("no")

    assert sorted(outcome.value for outcome in race(both, both)) == [0, 1]
    [failed] = race(fails)
    assert not failed.ok
    assert isinstance(failed.error, ValueError)


def test_race_meets_real_locks():
    note("locked")
    order: list[str] = []

    def hold() -> None:
        with transaction.atomic():
            Session.objects.select_for_update().get(session_key="locked")
            time.sleep(0.3)
            order.append("first")

    def wait() -> None:
        time.sleep(0.1)
        with transaction.atomic():
            Session.objects.select_for_update().get(session_key="locked")
            order.append("second")

    assert all(outcome.ok for outcome in race(hold, wait))
    assert order == ["first", "second"]


def test_redis_can_go_and_come_back_empty(redis_server: RedisServer):
    cache.set("here", 1)
    assert cache.get("here") == 1
    redis_server.stop()
    assert cache.get("here") is None
    assert not redis_server.answers()
    redis_server.start()
    assert cache.get("here") is None


def test_clock_is_one_for_all_processes(world: World, clock: ClockFile):
    clock.set("2027-03-31T23:59:00+09:00")
    assert kernel_clock.today_jst().isoformat() == "2027-03-31"
    asked = "from portal.kernel import clock; print(clock.now().isoformat())"
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", asked],
        cwd=ROOT, env=dict(__import__("os").environ) | world.env, text=True, capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.split()[-1] == "2027-03-31T14:59:00+00:00"


def test_clock_runs_again_in_the_next_test(clock: ClockFile):
    assert not clock.path.exists()


def test_worker_is_real_and_comes_back_after_it_was_killed(worker: Worker):
    assert worker.alive
    worker.kill()
    assert not worker.alive


def test_worker_is_there_again(worker: Worker):
    assert worker.alive


def test_live_server_answers_and_uses_the_world(server: Server, people: People):
    page = people.open(width=390)
    answer = page.goto("/healthz")
    assert answer is not None
    assert answer.status == 200


def tell(people: People, script: str) -> list[str]:
    """Let a page of ours do something forbidden; return what the guard noted, and take it off the guard."""
    page = people.open()
    page.goto("/")
    page.evaluate(script)
    guard = people.guards[-1]
    wait_until(lambda: guard.faults or page.wait_for_timeout(50), timeout=5, what="the guard notes it")
    faults, guard.faults = guard.faults, []
    return faults


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("console.error('oh no')", "console: oh no"),
        ("setTimeout(() => { throw new Error('broken') })", "script: broken"),
        ("document.body.setAttribute('style', 'color: red')", "Content Security Policy"),
        (
            "document.head.append(Object.assign(document.createElement('script'), {text: '1'}))",
            "Content Security Policy",
        ),
        ("void fetch('http://127.0.0.2:9/').catch(() => 0)", "Content Security Policy"),
        ("setTimeout(() => { location.href = 'http://127.0.0.2:9/' })", "third party"),
        ("document.body.append(Object.assign(new Image(), {src: '/no-such-picture.png'}))", "404"),
    ],
)
def test_page_that_misbehaves_is_noticed(people: People, script: str, said: str):
    assert any(said in fault for fault in tell(people, script))


def test_page_that_behaves_is_not_accused(people: People):
    page = people.open()
    page.goto("/no/such/page/")
    assert people.guards[-1].faults == []


def test_axe_finds_a_fault_and_passes_a_good_page(people: People):
    page = people.open()
    page.goto("/healthz")
    page.set_content("<html lang=ja><title>t</title><main><h1>a</h1><img src='data:,'></main></html>")
    assert any(finding.startswith("image-alt") for finding in axe_violations(page))
    page.set_content("<html lang=ja><title>t</title><main><h1>a</h1><p>b</p></main></html>")
    assert_axe(page)


def test_world_starts_from_the_template_with_master_data():
    from portal.areas.models import Area

    assert ContentType.objects.exists()
    assert Area.objects.filter(parent__code="151009").count() == 8
    assert Area.objects.count() > 1700


def test_wait_until_gives_up_with_the_name_of_what_it_waited_for():
    def never() -> Callable | None:
        return None

    with pytest.raises(AssertionError, match="the moon"):
        wait_until(never, timeout=0.1, what="the moon")
