"""Two at once, with real threads on PostgreSQL: one paper, one number, one holder; the other is told why."""

import pytest

from grants import actions
from grants.enums import ApplicationState
from grants.models import Application, ApplicationSnapshot, Attachment, CapUse, Programme
from portal.documents.models import Document
from portal.kernel import audit
from portal.kernel.models import Job
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import Town, open_call, staged
from tests.support.threads import Outcome, race
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def town(world: World) -> Town:
    world.clock.set("2026-11-25T10:00:00+09:00")
    open_call()
    made = Town()
    assert made.officer
    assert made.chief
    assert made.prefecture
    return made


def fresh(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def one_of(outcomes: list[Outcome]) -> Outcome:
    """The single success; every loser got a Refusal."""
    won = [outcome for outcome in outcomes if outcome.ok]
    assert len(won) == 1, outcomes
    assert all(isinstance(outcome.error, Refusal) for outcome in outcomes if not outcome.ok), outcomes
    return won[0]


def test_two_chiefs_submit_at_once_and_one_paper_with_one_number_comes_out(town: Town) -> None:
    application = town.ready()
    deputy = actor(officer("municipal_chief", town.area.pk))
    before = Document.objects.filter(kind="grants.application").count()
    outcomes = race(
        lambda: actions.submit(by=town.chief, application=fresh(application)),
        lambda: actions.submit(by=deputy, application=fresh(application)),
    )
    one_of(outcomes)
    assert fresh(application).version == 1
    assert ApplicationSnapshot.objects.filter(application=application).count() == 1
    papers = Document.objects.filter(kind="grants.application")
    assert papers.filter(object_id=application.pk).count() == 1
    assert papers.count() == before + 1
    assert list(papers.order_by("number").values_list("number", flat=True)) == list(range(1, before + 2))
    assert Job.objects.filter(key=papers.get(object_id=application.pk).job_key).count() == 1
    events = [entry.event for entry in audit.history(application)]
    assert events.count("grants.application.submit") == 1


def test_six_towns_submit_at_once_and_the_numbers_have_no_gap(town: Town) -> None:
    towns = [Town(office=town.office) for _ in range(6)]
    files = [(one, one.ready(), one.chief) for one in towns]
    outcomes = race(
        *[
            (lambda by=chief, case=case: actions.submit(by=by, application=fresh(case)))
            for _, case, chief in files
        ]
    )
    assert all(outcome.ok for outcome in outcomes), outcomes
    numbers = (
        Document.objects.filter(kind="grants.application").order_by("number").values_list("number", flat=True)
    )
    assert list(numbers) == list(range(1, len(numbers) + 1))


def test_two_officers_take_at_once_and_one_holds_the_file(town: Town) -> None:
    application = town.submitted()
    colleague = actor(officer("prefecture_officer", KAGOSHIMA, section=town.office))
    outcomes = race(
        lambda: actions.take(by=town.prefecture, application=fresh(application)),
        lambda: actions.take(by=colleague, application=fresh(application)),
    )
    winner = one_of(outcomes).value
    loser = next(outcome.error for outcome in outcomes if not outcome.ok)
    assert winner.held_by.name in str(loser)
    assert fresh(application).held_by == winner.held_by


def test_two_editors_save_at_once_and_the_second_is_told(town: Town) -> None:
    application = town.draft()

    def save(by, name, tab):  # type: ignore[no-untyped-def]
        return actions.save_confirm(
            by=by,
            application=fresh(application),
            revision=0,
            applicant_title="長",
            applicant_name=name,
            tab=tab,
        )

    outcomes = race(lambda: save(town.officer, "一", "a"), lambda: save(town.chief, "二", "b"))
    one_of(outcomes)
    loser = next(outcome.error for outcome in outcomes if not outcome.ok)
    assert isinstance(loser, actions.Conflict)


def test_save_and_submit_at_once_never_submit_a_half_saved_file(town: Town) -> None:
    application = town.ready()
    outcomes = race(
        lambda: actions.submit(by=town.chief, application=fresh(application)),
        lambda: actions.save_confirm(
            by=town.officer,
            application=fresh(application),
            revision=1,
            applicant_title="長",
            applicant_name="",
        ),
    )
    one_of(outcomes)
    case = fresh(application)
    if case.state == ApplicationState.SUBMITTED:
        assert ApplicationSnapshot.objects.get(application=case).data["applicant"].endswith("試験　一郎")
    else:
        assert case.applicant_name == ""
        assert not Document.objects.filter(object_id=case.pk).exists()


def test_submit_and_withdraw_at_once_end_in_one_of_the_two(town: Town) -> None:
    application = town.ready()
    one_of(
        race(
            lambda: actions.submit(by=town.chief, application=fresh(application)),
            lambda: actions.withdraw_draft(by=town.officer, application=fresh(application)),
        )
    )
    papers = Document.objects.filter(object_id=application.pk).count()
    assert (fresh(application).state, papers) in {("submitted", 1), ("withdrawn", 0)}


def test_six_officers_record_uses_at_once_and_the_cap_holds(town: Town) -> None:
    menu = open_call().menu
    record = {
        "by": town.prefecture,
        "municipality": town.area,
        "menu": menu,
        "title": "x",
        "amount_yen": 300_000,
    }
    outcomes = race(*[lambda: actions.record_outside_use(**record) for _ in range(6)])
    assert sum(outcome.ok for outcome in outcomes) == 3
    assert all(isinstance(outcome.error, Refusal) for outcome in outcomes if not outcome.ok)
    used = CapUse.objects.filter(account__municipality=town.area).values_list("amount_yen", flat=True)
    assert sum(used) == 900_000


def test_the_same_file_is_not_attached_twice_at_once(town: Town) -> None:
    application = town.draft()
    file = staged(town.officer)

    def attach() -> Attachment:
        return actions.add_attachment(
            by=town.officer, application=fresh(application), kind="other", file=file
        )

    one_of(race(attach, attach))
    assert application.attachments.count() == 1


def test_two_officers_copy_a_year_at_once_and_one_copy_comes_out(town: Town) -> None:
    year = open_call().menu.programme
    other = actor(officer("prefecture_officer", KAGOSHIMA))
    before = Programme.objects.count()
    outcomes = race(
        lambda: actions.copy_programme(
            by=town.prefecture, programme=Programme.objects.get(pk=year.pk), fiscal_year=2027
        ),
        lambda: actions.copy_programme(
            by=other, programme=Programme.objects.get(pk=year.pk), fiscal_year=2027
        ),
    )
    made = one_of(outcomes).value
    assert Programme.objects.count() == before + 1
    assert made.menus.count() == 4
