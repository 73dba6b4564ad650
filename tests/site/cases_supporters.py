"""Objects with which the rows of the student supporters are opened: requests of 志布志市, placements of the demo's student."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from grants.models import Application, Placement, Supporter, SupportRequest
from grants.supporters.actions import placing, register, working
from portal.documents.models import Document
from portal.kernel import clock, tokens, uploads
from portal.site.demo.people import DOMAIN, SHIBUSHI
from portal.site.demo.step_supporters import propose, request
from portal.site.demo.world import World
from tests.factories.grants import PDF_BYTES


def cases() -> dict[str, dict[str, Any]]:
    """A free request, an asked student, one who has reported, one certificate."""
    world = World(clock.now())
    student = Supporter.objects.get(user__email=f"student-1@{DOMAIN}", state="registered")
    minor = Supporter.objects.get(user__email=f"student-2@{DOMAIN}")
    with world.on(-9):
        mine = world.actor("student-1")
        register.offer_days(by=mine, supporter=student, first_on=world.day(-8), last_on=world.day(-3))
        free = _request(world, -3)
        asked, worked, done = (propose(world, _request(world, day), student, day) for day in (-8, -7, -6))
        for placement in (worked, done):
            placing.accept_placement(by=mine, placement=placement)
    for placement in (worked, done):
        working.report_placement(by=mine, placement=placement, work="手伝った。")
    town, office = world.actor("officer-shibushi"), world.actor("pref-officer")
    working.confirm_day(by=town, day=done.days.get(), minutes=60, is_insured=True)
    working.confirm_placement(by=office, placement=done)
    return {
        "supporter offer": {"pk": student.offers.latest("on").pk},
        "supporter consent": {"token": tokens.make("supporter-consent", minor.pk, minor.token_version)},
        "placement": {"pk": worked.pk},
        "placement decline": {"pk": asked.pk, "act": "decline"},
        "placement confirm": {"pk": worked.pk, "act": "confirm"},
        "placement day": {"pk": worked.pk, "day_pk": worked.days.get().pk, "act": "confirm"},
        "support case": {"kind": "application", "file_pk": free.application_id},
        "support request": {"pk": free.pk},
        "support close": {"pk": free.pk, "act": "close"},
        "support propose": {"pk": free.pk, "supporter_pk": student.pk},
        "supporter entry": {"pk": student.pk},
        "supporter act": {"pk": student.pk, "act": "leave"},
        "supporter paper": {"pk": _with_paper(world).pk},
        "supporter certificate": {"pk": _certificate(done).pk},
    }


def _request(world: World, day: int) -> SupportRequest:
    file = Application.objects.get(municipality=SHIBUSHI, title="自主財源を検討する事業")
    return request(world, file, f"{day}日の手伝い", day, by="officer-shibushi")


def _certificate(placement: Placement) -> Document:
    return Document.objects.get(kind="grants.supporter_certificate", object_id=placement.pk)


def _with_paper(world: World) -> Supporter:
    """A minor's entry whose consent an officer keeps on paper."""
    office, minor = world.actor("pref-officer"), Supporter.objects.get(user__email=f"student-2@{DOMAIN}")
    made = Supporter.objects.create(
        authority=minor.authority, user=world.actor("resident-20").user, name="書面 花子", kana="ショメン ハナコ",
        school="見本高等学校", grade="1年", birth_on=minor.birth_on, phone="099-000-0000", fields=["record"],
    )  # fmt: skip
    paper = uploads.stage(SimpleUploadedFile("doui.pdf", PDF_BYTES), by=office, accept=uploads.DOCUMENTS)
    return register.keep_consent_paper(by=office, supporter=made, file=paper)
