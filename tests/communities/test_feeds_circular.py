"""回覧板: the public events of one ward's month as a numbered paper that looks the same everywhere."""

import io
import re
from datetime import date, time, timedelta

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from communities import actions
from communities.forms.circulars import months, usual_month
from communities.models import Circular
from communities.papers.circular import KIND, content
from communities.queries.circulars import next_month
from portal.areas.models import AreaProfile, Authority
from portal.documents import papers
from portal.documents import queries as documents
from portal.documents.models import Document
from portal.kernel import clock, jobs
from portal.kernel.models import AuditEntry, Job
from portal.kernel.refusals import Refusal
from tests.communities.cast import cast
from tests.documents.pdf import fonts_of, tags_of, text_of
from tests.factories import communities as make
from tests.factories.areas import AKIHA, area

pytestmark = pytest.mark.django_db
FEBRUARY = date(2027, 2, 1)


def at(day: int, hour: int = 10, month: int = 2):  # type: ignore[no-untyped-def]
    return clock.at_jst(date(2027, month, day), time(hour))


def made(by=None, *, is_large: bool = False) -> Circular:  # type: ignore[no-untyped-def]
    return actions.make_circular(
        by=by or make.ward_officer(), area=area(AKIHA), month=FEBRUARY, is_large=is_large
    )


def paper_of(circular: Circular) -> Document:
    return documents.of(circular)[0]


def titles(circular: Circular) -> list[str]:
    return [event["title"] for day in content(circular)["days"] for event in day["events"]]


def test_only_public_events_of_the_month_in_the_ward_stand_in_it() -> None:
    host = make.community()
    for day, month, title in ((1, 2, "初日"), (28, 2, "末日"), (31, 1, "前の月"), (1, 3, "次の月")):
        make.event(host, title=title, starts_at=at(day, month=month))
    make.event(host, title="下書き", starts_at=at(5), publish=False)
    make.event(make.community(place=area("151017")), title="北区", starts_at=at(5))
    make.event(host, title="月をまたぐ", starts_at=at(31, 22, month=1), ends_at=at(1, 3))
    edge = clock.at_jst(date(2027, 3, 1), time(0, 0))
    make.event(
        host,
        title="真夜中に終わる",
        starts_at=edge - timedelta(minutes=30),
        ends_at=edge + timedelta(hours=1),
    )
    assert titles(Circular(area=area(AKIHA), month=FEBRUARY)) == [
        "月をまたぐ",
        "初日",
        "末日",
        "真夜中に終わる",
    ]


def test_the_job_makes_a_paper_with_cancellations_contact_wareki_and_a_code_for_each_event() -> None:
    AreaProfile.objects.filter(area=AKIHA).update(
        window_name="秋葉区役所 地域総務課", window_hours="平日 8時30分から"
    )
    host = make.community(name="里山の会")
    kept = make.event(host, title="道なおし<b>", starts_at=at(6), fee_yen=500, entry_method="none")
    gone = make.event(host, title="雪あそび", starts_at=at(7))
    actions.cancel_event(by=make.ward_officer(), event=gone, note="雪がありません")
    circular = made()
    document = paper_of(circular)
    assert (circular.edition, document.state, document.number_label) == (1, "issuing", "R8-KB-0001")
    assert jobs.run(Job.objects.get(key=document.job_key).pk)
    document.refresh_from_db()
    with default_storage.open(document.file.storage_name, "rb") as stored:
        made_paper = stored.read()
    said = "".join(text_of(made_paper).split())
    for words in (
        "秋葉区の集まり", "令和9年2月", "2月6日(土)", "2月7日(日)", "道なおし<b>", "500円・申込みはいりません", "里山の会",
        "中止・延期になった集まり", "中止2月7日(日)雪あそび", "秋葉区役所地域総務課", "平日8時30分から", document.check_number,
    ):  # fmt: skip
        assert words in said, words
    with pikepdf.open(io.BytesIO(made_paper)) as pdf:
        assert fonts_of(pdf) == {"BIZ-UDGothic", "BIZ-UDGothic-Bold"}
        tags = tags_of(pdf)
        assert f"Figure:「{kept.title}」のページの二次元コード" in tags
        assert [tag for tag in tags if tag.startswith("Figure:「")] == [
            f"Figure:「{event.title}」のページの二次元コード" for event in (kept, gone)
        ]
        assert (float(pdf.pages[0].mediabox[2]), float(pdf.pages[0].mediabox[3])) == pytest.approx(
            (595.3, 841.9), abs=0.2
        )


@pytest.mark.parametrize("is_large", [False, True])
def test_sixty_events_are_laid_out_without_losing_one(is_large: bool) -> None:
    host, by = make.community(), make.ward_officer()
    for number in range(60):
        make.event(
            host, by=by, title=f"第{number:02}回の会", starts_at=at(1 + number % 28, 9 + number % 9),
            address="秋葉区程島2009", audience="小学生と保護者", contact="0250-00-0000",
        )  # fmt: skip
    circular = Circular(area=area(AKIHA), month=FEBRUARY, is_large=is_large)
    pdf = papers.preview(KIND, circular, authority=Authority.objects.get(area="151009"))
    said = text_of(pdf)
    assert [number for number in range(60) if f"第{number:02}回の会" not in said] == []
    with pikepdf.open(io.BytesIO(pdf)) as pages:
        assert fonts_of(pages) == {"BIZ-UDGothic", "BIZ-UDGothic-Bold"}
        assert len(pages.pages) <= (15 if is_large else 5)
    beside = [line for line in said.splitlines() if line.count("回の会") == 2]
    assert bool(beside) is not is_large, "two columns, one in large letters"


def test_the_same_month_again_is_the_same_paper_and_a_change_makes_a_new_edition() -> None:
    event, by = make.event(starts_at=at(6)), make.ward_officer()
    first = paper_of(made(by))
    assert paper_of(made(by)) == first
    actions.cancel_event(by=by, event=event, note="雨")
    circular = made(by)
    second = paper_of(circular)
    first.refresh_from_db()
    assert (circular.edition, second.replaces, first.state) == (2, first, "replaced")
    assert Circular.objects.count() == 1
    entries = AuditEntry.objects.filter(event="communities.circular.made", target_id=str(circular.pk))
    assert [entry.data["edition"] for entry in entries.order_by("id")] == [1, 1, 2]


def test_large_letters_are_a_paper_of_their_own() -> None:
    make.event(starts_at=at(6))
    assert paper_of(made()) != paper_of(made(is_large=True))
    assert Circular.objects.filter(is_large=True).get().letters_label == "大きな文字"


def test_a_month_without_public_events_makes_no_paper() -> None:
    make.event(starts_at=at(6), publish=False)
    with pytest.raises(Refusal, match="公開している催しはありません"):
        made()
    assert not Circular.objects.exists()
    assert not Document.objects.filter(kind=KIND).exists()


def test_another_ward_and_residents_may_not() -> None:
    make.event(starts_at=at(6))
    for by in (make.ward_officer("151017"), make.person()):
        with pytest.raises(PermissionDenied):
            made(by)


def test_one_press_on_the_event_list_makes_the_paper_and_leads_to_its_progress() -> None:
    world = cast()
    with clock.at(date(2027, 1, 20)):
        make.event(world.community, by=world.people["ward"], starts_at=at(6))
        client = world.client("ward")
        for page in ("/staff/events/", "/staff/"):
            assert "2月の回覧板をつくる" in client.get(page).content.decode(), page
        assert "回覧板をつくる" not in world.client("auditor").get("/staff/events/").content.decode()
        page = client.get("/staff/events/").content.decode()

        key = re.search(r'name="once" value="([^"]+)"', page)[1]
        values = {"once": key, "area": AKIHA, "month": "2027-02"}
        answers = [client.post("/staff/circulars/", values) for _ in range(2)]
    circular = Circular.objects.get()
    assert [(answer.status_code, answer.url) for answer in answers] == [
        (303, circular.get_absolute_url())
    ] * 2
    assert paper_of(circular).check_number in client.get(circular.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"month": "2027-13"}, 422),
        ({"month": "x"}, 422),
        ({"area": "151017"}, 422),
        ({"month": "2027-04"}, 409),
    ],
)
def test_wrong_values_are_answered_at_their_field(wrong: dict[str, str], status: int) -> None:

    world = cast()
    with clock.at(date(2027, 1, 20)):
        client = world.client("ward")
        key = re.search(r'name="once" value="([^"]+)"', client.get("/staff/circulars/").content.decode())[1]
        answer = client.post(
            "/staff/circulars/", {"once": key, "area": AKIHA, "month": "2027-02", "is_large": "on", **wrong}
        )
    assert answer.status_code == status
    assert re.search(r'<input[^>]*value="on"[^>]*checked', answer.content.decode())
    assert not Document.objects.filter(kind=KIND).exists()


def test_strangers_do_not_see_the_paper_of_another_ward() -> None:
    world = cast()
    make.event(world.community, by=world.people["ward"], starts_at=at(6))
    circular = made(world.people["ward"])
    answers = {
        name: world.client(name).get(circular.get_absolute_url()).status_code
        for name in ("ward", "city", "other_ward", "resident")
    }
    assert answers == {"ward": 200, "city": 200, "other_ward": 404, "resident": 404}
    assert world.client("other_ward").get(paper_of(circular).get_file_url()).status_code == 404


def test_the_months_offered_turn_with_the_year_and_the_day() -> None:
    assert [usual_month(date(2026, 12, day)) for day in (14, 15)] == [date(2026, 12, 1), date(2027, 1, 1)]
    assert months(date(2026, 1, 5))[:3] == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)


def test_what_it_says_costs_the_same_at_one_and_at_many_events(assert_queries) -> None:  # type: ignore[no-untyped-def]
    host, by = make.community(), make.ward_officer()
    circular = Circular(area=area(AKIHA), month=FEBRUARY)
    for number in range(3):
        make.event(host, by=by, starts_at=at(1 + number))
        with assert_queries(3):
            content(circular)
