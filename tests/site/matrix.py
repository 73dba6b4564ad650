"""The people and objects with which the access table is held against the portal: the demo's world and a few more."""

from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

from communities import actions as communities
from communities.models import Collaboration, Community, Event, Initiative, Membership, Platform, Registration
from grants import actions as grants
from grants import queries as grant_queries
from grants.models import Application
from portal.accounts.enums import Role
from portal.accounts.models import Appointment, User
from portal.documents.models import Document
from portal.kernel import clock, tokens
from portal.kernel.actors import UserActor
from portal.kernel.models import Job, OutboxMessage
from portal.site.demo import people
from portal.site.demo.papers import charter
from portal.site.demo.seeding import seed
from portal.site.demo.step_platforms import SHIBUSHI_SEA
from portal.site.demo.world import DOMAIN
from tests.factories.accounts import UserFactory, appointment, officer
from tests.factories.areas import KAGOSHIMA, NIIGATA

PERSONAS = {
    "resident": "resident-1",
    "member": "resident-11",
    "organiser": "organiser-akiha",
    "ward_here": "ward-akiha",
    "ward_elsewhere": "ward-kita",
    "city_officer": "city-hq",
    "city_chief": "city-chief",
    "municipal_here": "officer-shibushi",
    "municipal_chief_here": "chief-shibushi",
    "municipal_elsewhere": "muni-kanoya",
    "municipal_chief_elsewhere": "muni-kanoya-chief",
    "office_here": "pref-officer",
    "office_elsewhere": "pref-officer-2",
    "system_admin": "sysadmin",
    "advisor": "advisor-1",
    "advisor_elsewhere": "advisor-2",
    "lecturer": "lecturer-1",
    "supporter": "student-1",
    "reviewer_open": "reviewer-1",
    "reviewer_frozen": "reviewer-2",
    "reviewer_conflicted": "reviewer-3",
    "proponent": "npo-1",
}
POSTS = {
    "city_finance": (Role.CITY_FINANCE, NIIGATA),
    "city_auditor": (Role.AUDITOR, NIIGATA),
    "prefecture_chief": (Role.PREFECTURE_SECTION_CHIEF, KAGOSHIMA),
    "prefecture_head": (Role.PREFECTURE_HEAD, KAGOSHIMA),
    "accountant": (Role.ACCOUNTANT, KAGOSHIMA),
    "secretariat": (Role.SECRETARIAT, KAGOSHIMA),
    "consultation_desk": (Role.CONSULTATION_DESK, NIIGATA),
    "prefecture_auditor": (Role.AUDITOR, KAGOSHIMA),
}


def person(key: str) -> User:
    return User.objects.get(email=f"{key}@{DOMAIN}")


@dataclass
class World:
    """`users` by standing (anonymous: None); `cases`: what to put into an address, by the name a row gives."""

    users: dict[str, User | None] = field(default_factory=dict)
    cases: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """A world as another process can read it: the people by their keys."""

    users: dict[str, UUID | None]
    cases: dict[str, dict[str, Any]]

    def users_now(self) -> dict[str, User | None]:
        """The people, read anew."""
        found = User.objects.in_bulk([pk for pk in self.users.values() if pk])
        return {key: found[pk] if pk else None for key, pk in self.users.items()}


def build() -> World:
    """Seed the demo and add what it does not show, in the caller's transaction, at the clock's time."""
    seed()
    world = World(users={"anonymous": None, **{name: person(key) for name, key in PERSONAS.items()}})
    for name, (role, area) in POSTS.items():
        world.users[name] = officer(role, area)
    ended = UserFactory()
    appointment(ended, Role.WARD_OFFICER, people.AKIHA, ends_on=date(2026, 3, 31))
    appointment(ended, Role.PREFECTURE_OFFICER, KAGOSHIMA, ends_on=date(2026, 3, 31))
    world.users["ended"] = ended
    world.cases = {"": {}}
    for part in PARTS:
        world.cases |= part()
    return world


def _communities() -> dict[str, dict[str, Any]]:
    akiha = Community.objects.get(name="「タイトル未定」")
    pitch = Event.objects.get(title="1分間ピッチの夜")
    open_record = Collaboration.objects.get(organisation__name="映像のNPO(見本)")
    registration = Registration.objects.filter(event=pitch, state="confirmed").earliest("position")
    waiting = Membership.objects.filter(community=akiha, state="requested").earliest("created_at")
    platform = Platform.objects.get(name=SHIBUSHI_SEA)
    communities.register_for_event(
        by=UserActor(person("resident-1")),
        event=pitch,
        name="斎藤 里帆",
        kana="サイトウ リホ",
        email=person("resident-1").email,
        consent=True,
    )
    return {
        "community": {"slug": akiha.slug},
        "draft community": {"slug": Community.objects.get(name__startswith="町屋を使う会").slug},
        "community pk": {"pk": akiha.pk},
        "request": {"slug": akiha.slug, "pk": waiting.pk},
        "event": {"pk": pitch.pk},
        "draft event": {"pk": Event.objects.get(title__startswith="里山の道なおし 春").pk},
        "own event": {"slug": akiha.slug, "pk": pitch.pk},
        "registration": {"token": tokens.make("registration", registration.pk, registration.token_version)},
        "party": {"pk": pitch.pk, "registration_pk": registration.pk},
        "initiative": {"pk": Initiative.objects.get(title__startswith="個々の活動").pk},
        "counted": {"pk": Collaboration.objects.get(organisation__name="印刷の会社(見本)").pk},
        "unconfirmed": {"pk": open_record.pk},
        "evidence": {"pk": open_record.pk, "evidence_pk": open_record.evidence.get().pk},
        "platform": {"pk": platform.pk},
        "stage": {"pk": platform.pk, "stage_pk": platform.stages.latest("since_on").pk},
    }


def _grants() -> dict[str, dict[str, Any]]:
    submitted = Application.objects.get(municipality=people.SHIBUSHI, title="自主財源を検討する事業")
    by = UserActor(person("officer-shibushi"))
    call = grant_queries.open_calls(clock.now()).get()
    draft = grants.start_application(
        by=by, call=call, municipality=submitted.municipality, title="下書きの事業"
    )
    grants.add_attachment(by=by, application=draft, kind="charter", file=charter(by), title="")
    paper = Document.objects.get(object_id=str(submitted.pk))
    return {
        "draft": {"pk": draft.pk},
        "draft section": {"pk": draft.pk, "section": "plan"},
        "draft file": {"pk": draft.pk, "attachment_pk": draft.attachments.get().pk},
        "submitted": {"pk": submitted.pk},
        "submitted file": {"pk": submitted.pk, "attachment_pk": submitted.attachments.get().pk},
        "menu": {"programme": call.menu.programme.slug, "number": 3},
        "programme": {"programme": call.menu.programme.slug},
        "paper": {"pk": paper.pk},
        "paper token": {"token": paper.token},
        "paper job": {"pk": Job.objects.get(kind="documents.render", object_id=str(paper.pk)).pk},
    }


def _others() -> dict[str, dict[str, Any]]:
    mail = OutboxMessage.objects.filter(about_type="communities.registration").latest("created_at")
    failed = Job.objects.create(
        kind="kernel.send_mail",
        key="failed",
        object_type=mail.about_type,
        object_id=mail.about_id,
        state="failed",
        finished_at=clock.now(),
    )
    post = Appointment.objects.get(user=person("ward-kita"))
    return {
        "mail": {"pk": mail.pk},
        "failed job": {"pk": failed.pk},
        "post": {"pk": post.pk},
        "ward": {"slug": "akiha"},
        "year": {"fiscal_year": 2026},
    }


OWN = sorted(
    Path(__file__).parent.glob("cases_*.py")
)  # a part of the product adds its cases in a file of its own
PARTS = (
    _communities, _grants, _others, *(import_module(f"{__package__}.{path.stem}").cases for path in OWN),
)  # fmt: skip
