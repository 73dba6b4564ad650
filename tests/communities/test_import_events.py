"""A list of meetings becomes events: days and times however they are written, faults by cell, undo while nobody came in."""

import pytest

from communities.models import Event
from portal.kernel import imports
from portal.kernel.clock import JST
from portal.kernel.import_models import ImportRow
from tests.factories import communities as make
from tests.factories import imports as tables

pytestmark = pytest.mark.django_db

HEAD = "イベント名,開催日,開始時間,終了時間,会場,主催,定員,申込締切\n"


def lines(imported) -> list[str]:
    rows = ImportRow.objects.filter(imported=imported).order_by("number")
    return [line for row in rows for line in imports.faults_of(row)]


@pytest.mark.parametrize(
    "when",
    ["令和8年12月5日(土),18:30,20時30分", "R8.12.5,午後6時半,午後8:30", "2026/12/5 18:30,,２０：３０", "20261205,18:30～20:30,"],
)  # fmt: skip
def test_days_and_times_are_read_however_they_are_written(when: str) -> None:
    by = make.ward_officer()
    host = make.community(by=by, name="本の会")
    imported = tables.applied(
        f"{HEAD}読む夜,{when},公民館,本の会,40,12月1日\n".replace(",12月1日", ","), by=by, kind="events"
    )
    event = Event.objects.select_related("seats").get()
    assert imported.made_count == 1, lines(imported)
    assert [f"{at.astimezone(JST):%Y-%m-%d %H:%M}" for at in (event.starts_at, event.ends_at)] == [
        "2026-12-05 18:30", "2026-12-05 20:30",
    ]  # fmt: skip
    assert (event.host_community, event.seats.capacity, event.state) == (host, 40, "draft")


def test_faults_of_meetings_are_listed_by_cell() -> None:
    by = make.ward_officer()
    make.community(by=by, name="本の会")
    text = HEAD + (
        "一,R8.12.5,18:30,17:00,公民館,本の会,10,\n"
        "二,令和8年12月5日(日),18:30,20:30,公民館,本の会,10,\n"
        "三,R8.12.5,25:00,26:00,公民館,本の会,十人,\n"
        "四,R8.12.5,18:30,20:30,公民館,知らない会,10,R8.12.6\n"
        "五,R8.12.5,18:30,,公民館,本の会,0,\n"
    )
    imported = tables.previewed(text, by=by, kind="events")
    assert lines(imported) == [
        "2行目 D列 終わりの時刻:終わりは、始まりより後にしてください。",
        "3行目 B列 始まりの日:令和8年12月5日は土曜日です。日付か曜日を確かめてください。",
        "4行目 C列 始まりの時刻:25:00という時刻はありません。時刻は、18:30 または 18時30分 のように入力してください。",
        "4行目 D列 終わりの時刻:26:00という時刻はありません。時刻は、18:30 または 18時30分 のように入力してください。",
        "4行目 G列 定員:定員は、数字で入力してください。例:100",
        "5行目 F列 主催:「知らない会」という主催は、受け持つ地域にありません。登録してあるコミュニティ、コミプラ、行政の名前を書いてください。",
        "5行目 H列 申込みの締切:申込みの締切は、終わりより前にしてください。",
        "6行目 D列 終わりの時刻:終わりの時刻を入力してください。例:20:30",
        "6行目 G列 定員:定員は、1以上で入力してください。",
    ]


def test_undo_is_refused_once_somebody_has_registered() -> None:
    by = make.ward_officer()
    make.community(by=by, name="本の会")
    text = (
        HEAD + "読む夜,R8.12.5,18:30,20:30,公民館,本の会,10,\n書く夜,R8.12.6,18:30,20:30,公民館,本の会,10,\n"
    )
    options = {"publish": "1", "collector": "city"}
    imported = tables.applied(text, by=by, kind="events", options=options)
    make.registration(Event.objects.get(title="書く夜"))
    imports.ask_to_undo(by=by, imported=imported)
    imported = tables.run(imported)
    assert (imported.state, Event.objects.count()) == ("applied", 2)
    assert "3行目「書く夜」は、" in imported.problem


def test_undo_takes_meetings_back_and_the_same_table_finds_them_again() -> None:
    by = make.ward_officer()
    make.community(by=by, name="本の会")
    text = HEAD + "読む夜,R8.12.5,18:30,20:30,公民館,本の会,10,\n"
    imported = tables.applied(text, by=by, kind="events")
    assert tables.previewed(text, by=by, kind="events").twin_count == 1
    imports.ask_to_undo(by=by, imported=imported)
    assert tables.run(imported).state == "undone"
    assert not Event.objects.exists()
