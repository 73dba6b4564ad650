"""Fixtures of all tests. What they are made of lives in tests/support; see docs/architecture.md, "Tests"."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.test import override_settings

from tests.support import database, demo, queries
from tests.support.browser import People, chromium
from tests.support.processes import RedisServer, Server, Worker
from tests.support.strict import StrictClient, make_templates_strict
from tests.support.world import ClockFile, World, make_world, point_at

NEVER = {"transactional_db", "django_db_reset_sequences", "live_server"}  # pytest-django's, which flush


hypothesis.settings.register_profile(
    "portal", deadline=None
)  # two busy cores: a slow example is not a wrong one
hypothesis.settings.load_profile("portal")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "world(demo=False): tests of a module with committed data, real processes and threads"
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """A module with a world stays in one process, where it is made once; worlds come first, for they take longest.

    The marks are set before xdist reads them, the order after pytest-randomly has mixed the tests. Nobody may ask for a
    database that is flushed afterwards.
    """
    for item in items:
        names = getattr(item, "fixturenames", ())
        mark = item.get_closest_marker("django_db")
        if (mark and mark.kwargs.get("transaction")) or {
            "transactional_db",
            "django_db_reset_sequences",
        } & set(names):
            raise pytest.UsageError(f"{item.nodeid}: databases are never flushed; use the `world` fixture")
        if "world" in names or item.get_closest_marker("world"):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))
    yield
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The demo of a run goes with the process that began it."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        demo.forget(os.getpid())


# --- one process of the tests --------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def test_folder() -> Iterator[Path]:
    """A short folder of this process (socket paths must stay under 107 bytes)."""
    with tempfile.TemporaryDirectory(prefix="hiroba-") as name:
        yield Path(name)


@pytest.fixture(scope="session")
def clock_file(test_folder: Path) -> ClockFile:
    return ClockFile(test_folder / "clock")


@pytest.fixture(scope="session")
def redis_of_process(test_folder: Path) -> RedisServer:
    """Not running in ordinary tests, so that these live with Redis gone; every world starts it empty."""
    return RedisServer(test_folder)


def storages_in(folder: Path) -> dict[str, Any]:
    """Settings that keep files below `folder`."""
    from django.conf import settings

    default = settings.STORAGES["default"]
    files = {**default["OPTIONS"], "location": str(folder / "files")}
    return settings.STORAGES | {"default": {**default, "OPTIONS": files}}


@pytest.fixture(scope="session", autouse=True)
def test_settings(
    django_test_environment: None, test_folder: Path, clock_file: ClockFile, redis_of_process: RedisServer
) -> Iterator[None]:
    """Settings that lead this process to its own files, clock and Redis, whatever the environment says."""

    from portal.celery import app

    storages = storages_in(test_folder)
    memory = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    app.conf.broker_url = f"redis+socket://{redis_of_process.socket}?virtual_host=0"
    make_templates_strict()
    with override_settings(
        STORAGES=storages,
        CACHES=memory,
        CLOCK_FILE=clock_file.path,
        REDIS_URL=redis_of_process.url,
    ):
        yield


@pytest.fixture(autouse=True)
def fresh_cache_and_clock(test_settings: None, clock_file: ClockFile) -> Iterator[None]:
    """No rate limit, cached value or stopped clock of one test reaches the next."""
    cache.clear()
    yield
    clock_file.real()


# --- databases -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def template_database(test_settings: None) -> str:
    return database.ensure_template()


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker) -> Iterator[str]:  # type: ignore[no-untyped-def]
    """A copy of the template for this process, used through the web role; ordinary tests roll back."""
    name = f"{database.base_name()}_p_{os.getpid()}"
    database.copy_template(name, template_database)
    with django_db_blocker.unblock():
        point_at(name)
    yield name
    with django_db_blocker.unblock():
        point_at("no_database")
    database.drop(name)


@pytest.fixture
def assert_queries() -> Callable[[int], object]:
    """`with assert_queries(3): …` – exactly three statements, BEGIN and savepoints not counted."""
    return queries.assert_queries


@pytest.fixture
def clock(clock_file: ClockFile) -> ClockFile:
    """`clock.set("2026-04-01")` stops the time of this process and of a world's processes."""
    return clock_file


@pytest.fixture
def client() -> StrictClient:
    return StrictClient()


# --- worlds --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world(
    request: pytest.FixtureRequest,
    template_database: str,
    django_db_setup: str,
    django_db_blocker,  # type: ignore[no-untyped-def]
    test_folder: Path,
    redis_of_process: RedisServer,
    clock_file: ClockFile,
) -> Iterator[World]:
    """A committed database for this module, with its own Redis, files, mails and clock. The ORM may be used freely.

    Under `pytest.mark.world(demo=True)` it begins as the demo's world.
    """
    folder = test_folder / request.module.__name__.replace(".", "-")
    mark = request.node.get_closest_marker("world")
    seeded = demo.ensure(template_database, redis_of_process) if mark and mark.kwargs.get("demo") else None
    with (
        override_settings(STORAGES=storages_in(folder)),  # what tests store, the world's pages show
        django_db_blocker.unblock(),
        make_world(
            template=seeded.name if seeded else template_database,
            files=seeded.files if seeded else None,
            home=django_db_setup,
            folder=folder,
            redis=redis_of_process,
            clock=clock_file,
        ) as made,
    ):
        yield made


@pytest.fixture
def redis_server(world: World) -> Iterator[RedisServer]:
    """The world's Redis, to be stopped and started by a test; it runs again afterwards."""
    yield world.redis
    if not world.redis.alive:
        world.redis.start()


@pytest.fixture(scope="module")
def _module_worker(world: World) -> Iterator[Worker]:
    process = world.worker("worker")
    yield process
    process.stop(timeout=0)  # nothing of this world outlives it, so nobody waits for a polite end


@pytest.fixture
def worker(_module_worker: Worker) -> Worker:
    """A real Celery worker of the world; one that a test has killed is started again for the next test."""
    if not _module_worker.alive:
        _module_worker.start()
    return _module_worker


@pytest.fixture(scope="module")
def _module_server(world: World) -> Iterator[Server]:
    process = world.server()
    process.start()
    yield process
    process.stop(timeout=0)


@pytest.fixture
def server(_module_server: Server) -> Iterator[Server]:
    """The portal under gunicorn in the world; a 500 or a traceback in its log fails the test that caused it."""
    before = len(_module_server.output)
    yield _module_server
    said = _module_server.output[before:]
    assert "Traceback" not in said, said


# --- browser -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser():  # type: ignore[no-untyped-def]
    """One Chromium for all journeys of this process. Its event loop must not stop the ORM in the same thread."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with chromium() as running:
        yield running


@pytest.fixture
def people(browser, server: Server) -> Iterator[People]:  # type: ignore[no-untyped-def]
    """`people.open(width=390, user=…)` gives a page; console errors, CSP violations and foreign requests fail the test."""
    opened = People(browser, server.url)
    yield opened
    opened.close()


@pytest.fixture
def page(people: People, request: pytest.FixtureRequest):  # type: ignore[no-untyped-def]
    """One anonymous person's page; a test with a parameter `width` gets that width."""
    width = request.getfixturevalue("width") if "width" in request.fixturenames else 1280
    return people.open(width=width)
