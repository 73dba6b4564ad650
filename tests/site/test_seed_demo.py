"""The demo's world: made by the actions on any day of the year, once, and every row of it in the audit log."""

from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from communities.enums import (
    CollaborationState,
    CommunityState,
    EventState,
    MembershipState,
    RegistrationState,
    Stage,
)
from communities.models import (
    Collaboration,
    CollaborationYear,
    Community,
    Event,
    EventReport,
    EventSeries,
    Initiative,
    InquiryRecipient,
    Lottery,
    Membership,
    Organisation,
    Platform,
    Post,
    Registration,
)
from grants import queries
from grants.enums import GRANTED, ApplicationState
from grants.models import Application, Approval, Inspection, Payment, Reclaim, ResultReport
from portal.accounts.models import Appointment, User
from portal.accounts.scope import Scope
from portal.documents.models import Document
from portal.indicators.models import Definition, Indicator, IndicatorValue
from portal.kernel import audit, clock
from portal.kernel.actors import UserActor
from portal.kernel.fiscal import fiscal_year
from portal.kernel.import_models import Import
from portal.kernel.models import AuditEntry
from portal.kernel.workflow import discover
from portal.site.demo import people
from portal.site.demo.seeding import STEPS, seed
from portal.site.demo.step_counter import TODAY
from portal.site.models import DemoStep

pytestmark = pytest.mark.django_db
NOT_SEEDED = {
    "document": {"issued", "replaced", "void"},  # a worker renders them
    "import": {"mapped"},  # while a worker reads it
    "admission": {"asked", "admitted", "declined"},  # after a deadline that passed
    "redaction": {"draft", "making", "made"},  # of a 一件書類 that a worker makes
    "approval": {"dropped"},  # when an applicant takes a file back
    "programme": {"draft", "closed"},
    "commission_theme": {"discarded", "withdrawn"},  # a draft that is given up, a theme that is taken back
    "dispatch": {"discarded"},  # the same
    "workshop": {"discarded"},
    "commission_proposal": {"scored"},  # over with the announcement
    "amendment": {"declined", "withdrawn"},  # one stands, one waits for its answer
    "contract": {
        "signed",
        "interim",
        "completed",
        "inspected",
        "invoiced",
        "paid",
    },  # one went through them all
    "partialwork": {
        "waiting",
        "inspected",
        "decided",
        "invoiced",
        "paid",
        "dropped",
    },  # of a contract that ends while it runs
    "discard": {"proposed", "approved", "declined"},  # five years later
    "subgrant": {  # of an indirect file, whose コミプラ writes it
        "draft",
        "returned",
        "refused",
        "reported",
        "settled",
        "withdrawn",
        "revoked",
    },  # one is decided, one waits
    "asset": {"ended", "disposed"},  # years later
    "disposal": {"deciding", "approved", "refused"},  # one is asked for, one is written
    "advance": {"granted", "taken_back"},  # one is asked for, one was declined
    "carry_over": {"granted", "taken_back"},  # the same
    "early_start": {"filed", "accepted", "refused"},  # no project of the demo begins before its decision
    "stop": {"requested", "granted", "declined", "taken_back"},  # no project of the demo ends before its time
    "reclaim": {"ended"},  # one that came back in part gives way to the one of a 取消し
    "membership": {"invited", "refused"},  # invitations have a table of their own
}
DAYS = (date(2026, 11, 25), date(2027, 3, 31), date(2027, 4, 1))
# Rows of the world whose making every action records one by one.
AUDITED = (
    Appointment, Application, Collaboration, Community, Definition, DemoStep, Event, Indicator, Initiative,
    Membership, Organisation, Platform, Registration, User,
)  # fmt: skip


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_world_is_whole_on_any_day_of_the_year(day: date, capsys) -> None:  # type: ignore[no-untyped-def]
    """One seeding a day (it takes seconds) by the commands, and everything that must hold of it."""
    with clock.at(day):
        assert_the_commands_say_what_they_did(capsys)
        assert_every_state_is_there()
        assert_every_table_shows_all_its_states()
        assert_who_works_with_a_file_sees_it_in_every_state()
        assert_scenes_have_both_sides()
        assert_every_row_is_audited()
        assert_nothing_lies_in_the_future(day)
        assert_the_year_before_counts_again(day)
        assert_the_sources_stand_as_they_are()
        assert_people_have_their_posts(day)
        assert_words_are_each_things_own()
        assert_a_second_call_makes_nothing()


def states(model, field: str = "state") -> set[str]:  # type: ignore[no-untyped-def]
    return set(model.objects.values_list(field, flat=True))


def assert_every_state_is_there() -> None:
    assert states(Community) == set(CommunityState.values)
    assert states(Event) >= set(EventState.values) - {EventState.POSTPONED, EventState.REPORTED}
    assert states(Registration) >= {
        RegistrationState.CONFIRMED,
        RegistrationState.WAITING,
        RegistrationState.ENTERED,
        RegistrationState.CANCELLED,
    }
    assert states(Membership) >= {
        MembershipState.ACTIVE,
        MembershipState.REQUESTED,
        MembershipState.DECLINED,
        MembershipState.LEFT,
    }
    assert states(Initiative, "stage") == set(Stage.values)
    assert states(Collaboration) == set(CollaborationState.values)
    assert states(Platform, "stage") == {"considering", "preparing", "forming", "sustaining"}
    assert states(Application) == set(ApplicationState.values)


def assert_every_table_shows_all_its_states() -> None:
    """Each table of steps, with every state it can have; what only a worker makes, or is over at once, is named."""
    missing = {}
    for flow in discover():
        found = states(apps.get_model(flow.model), flow.field)
        missing[flow.name] = set(flow.states.values) - found - NOT_SEEDED.get(flow.name, set())
    assert {name: left for name, left in missing.items() if left} == {}


def assert_who_works_with_a_file_sees_it_in_every_state() -> None:
    """The prefecture's officer and auditor all that were submitted; 鹿屋市 each step after a decision that stands."""
    after = GRANTED | {ApplicationState.WITHDRAWN}
    assert seen_by("muni-kanoya") >= after - {ApplicationState.DECIDED}
    for key in ("pref-officer", "auditor"):
        assert seen_by(key) == set(ApplicationState.values) - {ApplicationState.DRAFT}, key
    waiting = Payment.objects.get(state="ordered", case_type="grants.application")
    assert waiting.fiscal_year in {fiscal_year(waiting.ordered_on), fiscal_year(waiting.ordered_on) - 1}
    assert (
        Reclaim.objects.get(state="ordered").due_on > Reclaim.objects.get(state="ordered").ordered_at.date()
    )


def seen_by(key: str) -> set[str]:
    """The states of the applications of ③ that a persona sees."""
    scope = Scope.of(UserActor(User.objects.get(email=people.BY_KEY[key].email)))
    return set(queries.visible_to(scope).values_list("state", flat=True))


def assert_scenes_have_both_sides() -> None:
    drawn = Lottery.objects.filter(drawn_at__isnull=False).get()
    assert (len(drawn.entries), sum(line.has_seats for line in drawn.result)) == (6, 4)
    call_command("rerun_lottery", str(drawn.event_id), stdout=StringIO())
    assert Lottery.objects.filter(drawn_at__isnull=True, event__registrations__state="entered").exists()
    asked = InquiryRecipient.objects.filter(inquiry__state="open")
    assert asked.filter(replies__isnull=False).exists()
    assert asked.filter(replies__isnull=True).exists()
    report = EventReport.objects.exclude(activity=None).get()
    assert report.activity.event == report.event == drawn.event
    assert report.event.venue_sketch.alt
    assert report.event.photos.count() == 2
    assert Import.objects.get(state="undone").made_count == 1
    assert not Community.objects.filter(name__startswith="二重に登録した会").exists()
    assert Community.objects.filter(name__startswith="葛塚の花壇を守る会").count() == 1
    assert EventSeries.objects.get().events.count() == 6


def assert_words_are_each_things_own() -> None:
    """No post says what another says, companions have names, nobody walks in the woods at a random hour."""
    bodies = [row.body.split("\n")[0] for row in Post.objects.filter(photos__isnull=False)]
    bodies += [row.body.split("\n")[0] for row in Post.objects.filter(title__contains="集めています")]
    assert len(bodies) == len(set(bodies)) >= 3
    for party in Registration.objects.exclude(party_names=[]):
        assert not any("同行" in name or name == party.name for name in party.party_names), party.party_names
        assert len(set(party.party_names)) == len(party.party_names)
    today = Event.objects.get(title=TODAY)
    assert "歩" not in today.title + today.summary


def assert_every_row_is_audited() -> None:
    logged = set(AuditEntry.objects.values_list("target_type", "target_id"))
    for model in AUDITED:
        label = model._meta.label_lower
        assert [row for row in model.objects.all() if (label, str(row.pk)) not in logged] == [], label
    for year in CollaborationYear.objects.filter(locked_at__isnull=False):
        assert audit.history(year)


def assert_nothing_lies_in_the_future(day: date) -> None:
    assert not AuditEntry.objects.filter(at__gt=clock.now()).exists()
    assert not Collaboration.objects.filter(started_on__gt=day).exists()
    for found in (
        Document.objects.filter(issued_on__gt=day), Payment.objects.filter(paid_on__gt=day),
        Inspection.objects.filter(inspected_on__gt=day), ResultReport.objects.filter(completed_on__gt=day),
        Reclaim.objects.filter(collected_on__gt=day), Approval.objects.filter(effective_on__gt=day),
    ):  # fmt: skip
        assert not found.exists(), found.query


def assert_the_year_before_counts_again(day: date) -> None:
    again = Collaboration.objects.get(state=CollaborationState.COUNTED, continuing=True)
    before = Collaboration.objects.get(
        initiative=again.initiative, organisation=again.organisation, fiscal_year=again.fiscal_year - 1
    )
    assert (before.state, before.continuing) == (CollaborationState.COUNTED, False)
    locked = CollaborationYear.objects.get(fiscal_year=before.fiscal_year).locked_at
    assert (locked is not None) == (date(before.fiscal_year + 1, 5, 31) < day)
    schools = Collaboration.objects.filter(state=CollaborationState.COUNTED, organisation__kind="school")
    assert schools.filter(fiscal_year=again.fiscal_year).count() == 2


def assert_the_sources_stand_as_they_are() -> None:
    akiha = Community.objects.get(name="「タイトル未定」")
    assert "140名の方が参加" in akiha.story
    assert akiha.founded_on is None
    assert "「タイトル未定」実行委員会" in akiha.variants
    assert "35歳以下" in Community.objects.get(name="にしかんみらいBASE").story
    assert Community.objects.filter(area="151017", name="北区 地域人材コミュニティ").exists()
    assert Event.objects.get(title="1分間ピッチの夜").seats.capacity == 150
    assert not IndicatorValue.objects.exists()  # nothing official is invented
    assert all("(見本)" in community.name for community in Community.objects.filter(story__contains="架空"))


def assert_people_have_their_posts(day: date) -> None:
    live = Appointment.objects.live(day).select_related("user", "section")
    held = {(row.user.email, row.role, row.area_id) for row in live}
    for persona in people.PERSONAS:
        assert all((persona.email, post.role, post.area) in held for post in persona.appointments), (
            persona.key
        )
    offices = {row.user.email: row.section.name for row in live if row.section}
    assert offices[people.BY_KEY["pref-officer"].email] == "大隅地域振興局"


def assert_the_commands_say_what_they_did(capsys) -> None:  # type: ignore[no-untyped-def]
    call_command("seed_demo")
    call_command("seed_demo")
    call_command("demo_people")
    lines = capsys.readouterr().out.splitlines()
    assert f"{len(STEPS)}部分のうち{len(STEPS)}部分をつくりました" in lines[0]
    assert "足りない部分はありません" in lines[1]
    assert [line.split()[0] for line in lines[2:]] == [persona.key for persona in people.PERSONAS]


def assert_a_second_call_makes_nothing() -> None:
    before = AuditEntry.objects.count()
    assert seed() == []
    assert AuditEntry.objects.count() == before
    assert DemoStep.objects.count() == len(STEPS)


@pytest.mark.parametrize("command", [["seed_demo"], ["demo_people"], ["seed_scale", "--communities", "3"]])
def test_without_demo_the_commands_refuse(settings, command: list[str]) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command(*command)
    assert not User.objects.exists()
