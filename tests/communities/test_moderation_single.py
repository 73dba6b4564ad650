"""A single title, problem, measure or photo is hidden by itself: gone at every address, asked about, restored."""

import subprocess
from dataclasses import dataclass, field
from typing import Any

import pytest

from communities import actions
from communities.actions import groups
from communities.models import Hiding, Report
from communities.moderation.subjects import SUBJECTS
from portal.kernel.actors import UserActor
from portal.kernel.models import OutboxMessage, SearchEntry
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories.areas import AKIHA, area
from tests.support.html import assert_html
from tests.support.pages import form_values
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db

WORDS = "困るひとこと"


@dataclass
class Case:
    """One thing with the pages that say it: to everybody (`open`), to those who run the place (`kept`)."""

    kind: str
    row: Any
    page: str
    author: UserActor | None
    reader: UserActor
    open: list[str]
    kept: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def client_of(who: UserActor | None = None) -> StrictClient:
    client = StrictClient()
    if who is not None:
        client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def pitch_case() -> Case:
    place, speaker = make.community(), make.person()
    event, organiser = make.event(place, takes_pitches=True), make.organiser(place)
    first = actions.enter_pitch(by=organiser, event=event, name="前の人", title="はじめの題")
    row = actions.ask_pitch(by=speaker, event=event, name="話す 人", title=WORDS)
    for pitch in (row, first):
        if pitch.state == "requested":
            actions.answer_pitch(by=organiser, pitch=pitch, step="accept")
    where = event.get_absolute_url()
    return Case(
        "pitch", row, where, speaker, organiser, [where], [f"{where}pitches/run/"], [f"{where}pitches/sheet.pdf"]
    )  # fmt: skip


def _group() -> tuple[Any, UserActor, Any]:
    place = make.community()
    organiser = make.organiser(place)
    return place, organiser, groups.start_group(by=organiser, community=place, name="教育の部会")


def group_case() -> Case:
    place, organiser, group = _group()
    groups.edit_group(by=organiser, group=group, name=WORDS)
    pages = [group.get_absolute_url(), place.get_absolute_url(), "/wards/akiha/", f"/search/?q={WORDS[:3]}"]
    return Case("group", group, pages[0], organiser, organiser, pages, pages[:1])


def problem_case() -> Case:
    _, organiser, group = _group()
    row = groups.write_problem(by=organiser, group=group, title=WORDS)
    groups.write_measure(by=organiser, problem=row, title="対応の案")
    return Case("problem", row, group.get_absolute_url(), organiser, organiser, [group.get_absolute_url()])


def measure_case() -> Case:
    _, organiser, group = _group()
    problem = groups.write_problem(by=organiser, group=group, title="放課後の居場所がない")
    row = groups.write_measure(
        by=organiser, problem=problem, title="場をひらく", taker_kind="role", taker_name=WORDS
    )
    return Case("measure", row, group.get_absolute_url(), organiser, organiser, [group.get_absolute_url()])


def post_photo_case() -> Case:
    place, author = make.community(), make.person()
    make.member(place, author)
    post = make.post(place, author)
    organiser = make.organiser(place)
    row = actions.add_photo(by=author, owner=post, photo=make.new_photo(author, caption=WORDS, alt=WORDS))
    where, file = post.get_absolute_url(), row.get_absolute_url()
    pages = [where, place.get_absolute_url(), f"{place.get_absolute_url()}posts/", "/", "/wards/akiha/"]
    return Case("picture", row, where, author, organiser, pages, [f"{where}edit/"], [], sizes(file))


def record_photo_case() -> Case:
    place = make.community()
    organiser = make.organiser(place)
    record = make.activity(place, organiser)
    row = actions.add_photo(by=organiser, owner=record, photo=make.new_photo(organiser, caption=WORDS))
    where = record.get_absolute_url()
    return Case(
        "picture",
        row,
        where,
        organiser,
        organiser,
        [where],
        [f"{where}edit/"],
        [],
        sizes(row.get_absolute_url()),
    )


def sizes(address: str) -> list[str]:
    return [address, *(f"{address}?w={width}" for width in (160, 480, 1200))]


CASES = (pitch_case, group_case, problem_case, measure_case, post_photo_case, record_photo_case)


def says(client: StrictClient, address: str) -> bool:
    return WORDS in client.get(address).content.decode().replace(f'value="{WORDS[:3]}"', "")


def paper(client: StrictClient, address: str) -> str:
    made = subprocess.run(
        ["pdftotext", "-", "-"], input=client.get(address).content, capture_output=True, check=True
    )
    return made.stdout.decode()


@pytest.mark.parametrize("made", CASES)
def test_reported_hidden_gone_asked_about_and_restored(made) -> None:
    case, officer, visitor = made(), make.ward_officer(), client_of()
    runs = client_of(case.reader)
    showing = [page for page in case.open if says(visitor, page)]
    assert case.page in showing
    report_page = f"/reports/{case.kind}/{case.row.pk}/"
    assert report_page in visitor.get(case.page).content.decode()
    form = visitor.get(report_page)
    assert_html(form.content)
    answer = visitor.post(report_page, {**form_values(form.content), "reason": "harm", "text": "困ります"})
    assert (answer.status_code, answer.url) == (303, case.page)
    desk = client_of(officer).get(f"/staff/reports/{Report.objects.get().pk}/")
    assert WORDS in desk.content.decode()
    actions.answer_reports(by=officer, reports=Report.objects.all(), step="uphold", note="人を傷つけるため")
    assert [page for page in case.open if says(visitor, page)] == []
    assert [page for page in case.papers if WORDS in paper(runs, page)] == []
    assert [visitor.get(file).status_code for file in case.files] == [404] * len(case.files)
    assert not SearchEntry.objects.filter(body__contains=WORDS, audience__contains=["public"]).exists()
    assert visitor.get(report_page).status_code == 404
    for page in case.kept:
        assert_html(runs.get(page).content)
        assert "非表示" in runs.get(page).content.decode()
    hiding = Hiding.objects.get()
    mail = OutboxMessage.objects.get(template="communities/mail/hidden")
    assert mail.to_address == case.author.user.email
    actions.appeal_hiding(by=case.author, hiding=hiding, text="本人に確かめました。")
    actions.move_hiding(by=make.city_officer(), hiding=hiding, step="grant")
    assert [page for page in case.open if says(visitor, page)] == showing
    assert [visitor.get(file).status_code for file in case.files] == [200] * len(case.files)


@pytest.mark.parametrize("made", CASES)
def test_hidden_once_by_the_staff_of_its_area_only(made) -> None:
    case = made()
    for who in (make.ward_officer("151017"), case.author, make.person()):
        with pytest.raises(Exception, match="担当者だけ"):
            actions.hide_object(by=who, subject=case.kind, row=case.row, reason="理由")
    actions.hide_object(by=make.ward_officer(), subject=case.kind, row=case.row, reason="理由")
    with pytest.raises(Refusal, match="もう非表示になっています"):
        actions.hide_object(by=make.ward_officer(), subject=case.kind, row=case.row, reason="理由")


def test_the_turns_close_up_behind_a_hidden_title_and_its_speaker_is_told() -> None:
    case = pitch_case()
    event = case.row.event
    last = actions.enter_pitch(by=case.reader, event=event, name="後の人", title="おわりの題")
    actions.hide_object(by=make.ward_officer(), subject="pitch", row=case.row, reason="理由")
    runs = client_of(case.reader)
    assert last.title in runs.get(f"{case.page}pitches/screen/").content.decode()
    assert WORDS not in runs.get(f"{case.page}pitches/screen/").content.decode()
    sheet = paper(runs, case.papers[0])
    assert "全2人" in sheet
    assert "担当者が非表示にしています" in client_of(case.author).get(f"{case.page}pitches/").content.decode()


def test_a_hidden_problem_takes_its_measures_along_and_is_not_counted() -> None:
    case = problem_case()
    place = case.row.group.community
    assert "課題 1件・対応策 1件" in client_of().get(place.get_absolute_url()).content.decode()
    actions.hide_object(by=make.ward_officer(), subject="problem", row=case.row, reason="理由")
    assert "課題 0件・対応策 0件" in client_of().get(place.get_absolute_url()).content.decode()
    assert "対応の案" not in client_of().get(case.page).content.decode()
    measure = case.row.measures.get()
    assert client_of().get(f"/reports/measure/{measure.pk}/").status_code == 404
    assert "対応の案" in client_of(case.reader).get(case.page).content.decode()


def test_many_are_answered_at_once_and_a_group_of_the_ward_has_no_author_to_mail() -> None:
    officer, cases = make.ward_officer(), [made() for made in CASES]
    group = groups.start_group(by=officer, area=area(AKIHA), name="防災の部会")
    rows = [(case.kind, case.row) for case in cases] + [
        ("problem", groups.write_problem(by=officer, group=group, title="課題"))
    ]
    reports = [
        actions.report_object(
            by=make.person(), subject=kind, row=SUBJECTS[kind].rows().get(pk=row.pk), reason="harm"
        )
        for kind, row in rows
    ]
    actions.answer_reports(by=officer, reports=reports, step="uphold", note="まとめて")
    assert Hiding.objects.filter(state="hidden").count() == len(rows)
    assert OutboxMessage.objects.filter(template="communities/mail/hidden").count() == len(cases)
