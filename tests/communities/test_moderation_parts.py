"""Parts of pages that people wrote: each can be reported, hidden, and is then gone where it stood; what staff read is noted."""

import pytest
from django.core.exceptions import PermissionDenied

from communities import actions
from communities.actions import exchanges as letters
from communities.actions import platform_parts
from communities.models import Exchange, Hiding, Report
from communities.moderation.subjects import SUBJECTS
from portal.kernel import audit
from portal.kernel.actors import TokenActor, UserActor
from portal.kernel.models import AuditEntry, OutboxMessage
from tests.factories import communities as make
from tests.factories import people
from tests.support.html import assert_html
from tests.support.pages import form_values
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db


def client_of(who=None):
    client = StrictClient()
    if who is not None:
        client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def by():
    return make.ward_officer()


def photo_case(by):
    """(kind, row, address where it stands, words, who reads there, who is told)."""
    host = make.community()
    organiser = make.organiser(host)
    event = make.held(make.event(host), by)
    actions.report_event(by=by, event=event, result="顔を合わせました。", adults_count=40)
    actions.add_event_photo(
        by=by,
        event=event,
        file=make.image(by),
        alt="輪になって話す人たち",
        caption="困る一言",
        consented=True,
    )
    row = event.photos.get()
    return "photo", row, event.get_absolute_url(), "困る一言", None, organiser


def survey_case(by):
    host = make.community()
    organiser = make.organiser(host)
    event = make.event(host)
    party = make.registration(event)
    survey = actions.set_survey(by=by, event=make.held(event, by))
    actor = TokenActor("survey", f"eventsurvey:{survey.pk}")
    actions.answer_survey(by=actor, survey=survey, registration=party, stars=1, text="困る言葉のアンケート")
    row = survey.answers.get()
    return "survey", row, f"/events/{event.pk}/survey/", "困る言葉のアンケート", organiser, None


def part_case(by):
    platform = make.platform()
    officer = make.municipal_officer()
    row = platform_parts.add_part(by=officer, platform=platform, part="body", name="困る名前の団体")
    return "part", row, platform.get_absolute_url(), "困る名前の団体", None, None


def activity_case(by):
    host = make.community()
    organiser = make.organiser(host)
    row = make.activity(host, organiser, title="困る題の活動")
    return "activity", row, row.get_absolute_url(), "困る題の活動", None, organiser


CASES = (photo_case, survey_case, part_case, activity_case)


@pytest.mark.parametrize("case", CASES)
def test_it_is_reported_from_its_page_hidden_and_gone(case, by) -> None:
    kind, row, address, words, reader, told = case(by)
    page = client_of(reader).get(address)
    assert_html(page.content)
    report_address = f"/reports/{kind}/{row.pk}/"
    assert report_address in page.content.decode()
    assert words in page.content.decode()
    client = client_of(reader)
    form = client.get(report_address)
    assert_html(form.content)
    sent = client.post(report_address, {**form_values(form.content), "reason": "harm", "text": "困ります"})
    assert (sent.status_code, sent.url) == (303, address)
    report = Report.objects.get()
    officer = make.municipal_officer(report.area_id) if kind == "part" else by
    staff = client_of(officer)
    shown = staff.get(f"/staff/reports/{report.pk}/")
    assert_html(shown.content)
    assert words in shown.content.decode()
    actions.answer_reports(by=officer, reports=[report], step="uphold", note="困る言葉のため")
    after = client_of(reader).get(address)
    assert words not in after.content.decode() or after.status_code == 404
    mails = OutboxMessage.objects.filter(template="communities/mail/hidden")
    assert [mail.to_address for mail in mails] == ([told.user.email] if told else [])


@pytest.mark.parametrize("case", CASES)
def test_a_stranger_to_its_area_hides_nothing(case, by) -> None:
    kind, row, _, _, reader, _ = case(by)
    for who in (make.ward_officer("151017"), make.person()):
        with pytest.raises(PermissionDenied):
            actions.hide_object(by=who, subject=kind, row=row, reason="理由")
    if reader is not None:  # only who runs the meeting reads it: nobody else finds it by its address
        for other in (None, make.person(), make.organiser(make.community())):
            assert client_of(other).get(f"/reports/{kind}/{row.pk}/").status_code == 404
    assert SUBJECTS[kind].text(row)


def test_the_file_of_a_hidden_photo_is_for_those_who_run_the_meeting(by) -> None:
    _, row, address, _, _, organiser = photo_case(by)
    picture = f"{address}photos/{row.pk}/"
    assert client_of().get(picture).status_code == 200
    hiding = actions.hide_object(by=by, subject="photo", row=row, reason="写っている人の願い")
    assert client_of().get(picture).status_code == 404
    assert client_of(organiser).get(picture).status_code == 200
    assert "非表示" in client_of(organiser).get(f"{address}photos/").content.decode()
    actions.move_hiding(by=by, hiding=hiding, step="restore")
    assert client_of().get(picture).status_code == 200


def exchange_report():
    profile = people.profile(make.person(name="受け取る人"))
    exchange = letters.write_to(by=make.person(name="書いた人"), profile=profile, text="二人だけの言葉")
    return actions.report_object(by=make.person(), subject="exchange", row=exchange, reason="harm")


def test_each_reading_of_a_reported_exchange_is_noted_with_who_and_when() -> None:
    report = exchange_report()
    readers = [make.city_officer() for _ in range(2)]
    address = f"/staff/reports/{report.pk}/"
    for reader in readers:
        page = client_of(reader).get(address)
        assert "二人だけの言葉" in page.content.decode()
    read = [entry for entry in audit.history(report) if entry.event == "communities.report.read"]
    assert {entry.actor_ref for entry in read} == {reader.ref for reader in readers}
    assert read[0].data == {"object": f"communities.exchange:{report.object_id}"}
    page = client_of(readers[0]).get(address).content.decode()
    assert "やりとりを読みました" in page
    assert readers[1].user.name in page
    actions.answer_reports(by=readers[0], reports=[report], step="dismiss")
    count = AuditEntry.objects.filter(event="communities.report.read").count()
    assert "二人だけの言葉" not in client_of(readers[0]).get(address).content.decode()
    assert AuditEntry.objects.filter(event="communities.report.read").count() == count


def test_reading_what_is_public_is_not_noted_and_strangers_read_nothing(by) -> None:
    where = make.community()
    report = actions.report_object(by=make.person(), subject="community", row=where, reason="harm")
    client_of(by).get(f"/staff/reports/{report.pk}/")
    private = exchange_report()
    for who in (make.ward_officer("151017"), make.person()):
        assert client_of(who).get(f"/staff/reports/{private.pk}/").status_code == 404
        with pytest.raises(PermissionDenied):
            actions.note_reading(by=who, case=private)
    assert not AuditEntry.objects.filter(event__endswith=".read").exists()


def test_reading_for_an_appeal_is_noted_at_the_hiding() -> None:
    report = exchange_report()
    officer, other = make.city_officer(), make.city_officer()
    actions.answer_reports(by=officer, reports=[report], step="uphold", note="おどしのため")
    case = Hiding.objects.get(object_id=report.object_id)
    sender = Exchange.objects.get(pk=report.object_id).sender
    actions.appeal_hiding(by=UserActor(sender), hiding=case, text="ちがいます")
    page = client_of(other).get(f"/staff/hidings/{case.pk}/").content.decode()
    assert "二人だけの言葉" in page
    [entry] = [row for row in audit.history(case) if row.event == "communities.hiding.read"]
    assert entry.actor_ref == other.ref
