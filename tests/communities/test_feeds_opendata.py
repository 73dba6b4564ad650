"""Open data against golden files: column by column, byte by byte; public rows only, and the same bytes answered with 304."""

import csv
import io
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.conf import settings

from communities import actions, opendata
from communities.opendata.columns import name_of, phone_of
from communities.queries import opendata as reads
from portal.kernel import clock
from tests.factories import communities as make
from tests.factories.areas import area

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "golden"
NAMES = (
    "151009_event.csv", "151009_event_local-50.csv", "151009_event_standard-current.csv", "151009_community.csv",
    "151009_initiative.csv",
)  # fmt: skip
MORNING = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)


def bytes_of(client, name: str) -> bytes:  # type: ignore[no-untyped-def]
    answer = client.get(f"/opendata/{name}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def rows_of(client, name: str) -> list[dict[str, str]]:  # type: ignore[no-untyped-def]
    return list(csv.DictReader(io.StringIO(bytes_of(client, name).decode("utf-8-sig"))))


def named(row, number: int):  # type: ignore[no-untyped-def]
    """An id that stays the same from run to run, for the golden files alone."""
    return str(row.pk), f"00000000-0000-4000-8000-{number:012}"


def world() -> dict[str, str]:
    """Two communities, two events, one initiative, written on one morning; ids by their place."""
    by, kita = make.ward_officer(), make.ward_officer("151017")
    host = make.community(
        by=by, name="「タイトル未定」", kana="タイトルミテイ", variants=["タイトル未定", "TitleMitei"], place=area("151050"),
        summary="新津のこれからを、話しながら決める集まり", themes=[make.theme("food"), make.theme("nature")], contact="025-000-0000 今井",
    )  # fmt: skip
    other = make.community(
        by=kita,
        name="福島潟の会",
        kana="フクシマガタノカイ",
        place=area("151017"),
        summary='鳥を"数える", そして守る',
    )
    pitch = make.event(
        host, by=by, title="1分間ピッチの夜", starts_at=clock.at_jst(date(2026, 12, 5), time(18, 30)),
        ends_at=clock.at_jst(date(2026, 12, 5), time(20, 30)), venue="新津地区公民館", address="新潟市秋葉区新津東町2-5-6", fee_yen=500,
        summary="一人1分で話します", description="皆に伝えたいことを、\n一人1分で話します。", capacity=150, contact="地域総務課 電話 0250-25-5000",
        entries_close_at=clock.at_jst(date(2026, 12, 3), time(17, 0)), audience="どなたでも", access="新津駅から歩いて10分",
    )  # fmt: skip
    birds = make.event(
        other, by=kita, title="=SUM(1,2)", starts_at=clock.at_jst(date(2026, 11, 28), time(7)),
        ends_at=clock.at_jst(date(2026, 11, 29), time(9)), venue="観察舎", entry_method="none", capacity=None, contact="090-1234-5678",
    )  # fmt: skip
    actions.cancel_event(by=kita, event=birds, note="大雪")
    begun = actions.start_initiative(by=by, community=host, title="空き家を使う", summary="月に一度開ける")
    return dict(named(row, number) for number, row in enumerate((host, other, pitch, birds, begun), 1))


@pytest.mark.parametrize("name", NAMES)
def test_each_file_is_the_golden_one(client, name: str) -> None:  # type: ignore[no-untyped-def]
    with clock.at(MORNING):
        ids = world()
        content = bytes_of(client, name)
    text = content.decode().replace(settings.BASE_URL, "https://hiroba.example.lg.jp")
    for found, golden in ids.items():
        text = text.replace(found, golden)
    assert text == (GOLDEN / name).read_bytes().decode()


def test_every_file_has_its_mark_its_line_ends_and_one_record_a_line(client) -> None:  # type: ignore[no-untyped-def]
    with clock.at(MORNING):
        world()
        for profile in opendata.profiles():
            content = bytes_of(client, profile.filename("151009"))
            assert content.startswith("\ufeff".encode())
            lines = content.decode("utf-8-sig").split("\r\n")
            assert lines[-1] == ""
            assert not any("\n" in line or "\r" in line for line in lines)
            assert lines[0].split(",") == [name for name, _ in profile.columns]


def test_the_profiles_have_their_columns_in_their_order() -> None:
    found = {profile.key: [name for name, _ in profile.columns] for profile in opendata.profiles()}
    assert {key: len(names) for key, names in found.items() if key.startswith("event")} == {
        "event-classic-32": 32,
        "event-local-50": 50,
        "event-standard-current": 18,
    }
    assert found["event-classic-32"][:5] == [
        "都道府県コード又は市区町村コード",
        "NO",
        "都道府県名",
        "市区町村名",
        "イベント名",
    ]
    assert found["event-local-50"][0] == "NO"
    assert found["event-standard-current"][:4] == [
        "全国地方公共団体コード",
        "ID",
        "地方公共団体名",
        "イベント名",
    ]
    assert [profile.key for profile in opendata.profiles() if not profile.confirmed] == [
        "event-standard-current"
    ]


def test_only_public_rows_of_the_municipality_and_its_wards_stand_in_a_file(client) -> None:  # type: ignore[no-untyped-def]
    host = make.community(name="見える会")
    make.community(name="下書きの会", publish=False)
    far = make.community(place=area("462039"), by=make.municipal_officer("462039"), name="鹿屋の会")
    make.event(host, title="見える催し")
    make.event(host, title="下書きの催し", publish=False)
    make.event(host, title="昔の催し", starts_at=make.moment(-400))
    make.event(far, by=make.municipal_officer("462039"), title="鹿屋の催し")
    assert [row["イベント名"] for row in rows_of(client, "151009_event.csv")] == ["見える催し"]
    assert [row["名称"] for row in rows_of(client, "151009_community.csv")] == ["見える会"]
    assert rows_of(client, "151009_initiative.csv") == []
    assert [row["イベント名"] for row in rows_of(client, "462039_event.csv")] == ["鹿屋の催し"]


def test_nobody_who_takes_part_stands_in_a_file(client) -> None:  # type: ignore[no-untyped-def]
    host = make.community(contact="025-111-2222 佐久間")
    who = make.organiser(host)
    event = make.event(host, online_url="https://example.com/secret", format="hybrid")
    party = make.registration(event, name="名簿 花子")
    everything = "".join(bytes_of(client, name).decode() for name in NAMES)
    for secret in (who.user.name, who.user.email, party.name, party.email, "佐久間", "example.com/secret"):
        assert secret not in everything


def test_who_has_the_rows_already_gets_304_until_one_changes(client) -> None:  # type: ignore[no-untyped-def]
    event = make.event(title="前の名")
    first = client.get("/opendata/151009_event.csv")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in first.headers.get("Vary", "")
    etag = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/opendata/151009_event.csv", headers=etag).status_code == 304
    actions.edit_event(by=make.ward_officer(), event=event, title="後の名")
    assert client.get("/opendata/151009_event.csv", headers=etag).status_code == 200


def test_a_file_is_bounded_and_read_in_pieces(client, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    host, by = make.community(), make.ward_officer()
    for number in range(5):
        make.event(host, by=by, starts_at=make.moment(1 + number))
    monkeypatch.setattr(reads, "CHUNK", 2)
    assert [row["NO"] for row in rows_of(client, "151009_event.csv")] == ["1", "2", "3", "4", "5"]
    monkeypatch.setattr(reads, "MOST", 4)
    assert len(rows_of(client, "151009_event.csv")) == 4


@pytest.mark.parametrize(
    "name", ["151050_event.csv", "999999_event.csv", "151009_people.csv", "151009_event.xlsx", "x.csv"]
)
def test_a_name_that_no_file_has_is_not_found(client, name: str) -> None:  # type: ignore[no-untyped-def]
    assert client.get(f"/opendata/{name}").status_code == 404


def test_the_catalogue_tells_licence_columns_counts_and_what_is_not_confirmed(client) -> None:  # type: ignore[no-untyped-def]
    with clock.at(MORNING):
        world()
        page = client.get("/opendata/").content.decode()
    for words in (
        "CC BY 4.0",
        "2件",
        "1件",
        "未確認",
        "イベント名_カナ",
        *NAMES,
        "2026年(令和8年)11月20日(金)",
    ):
        assert words in page, words
    assert "鹿屋市" in client.get("/opendata/?area=462039").content.decode()
    assert client.get("/opendata/?area=151050").status_code == 404


@pytest.mark.parametrize(
    ("contact", "phone", "name"),
    [
        ("地域総務課 電話 0250-25-5000", "(0250)25-5000", "地域総務課"),
        ("090-1234-5678", "090-1234-5678", ""),
        ("(窓口) 025-226-2066", "(025)226-2066", "窓口"),
        ("地域総務課", "", "地域総務課"),
        ("", "", ""),
    ],
)
def test_phone_numbers_are_written_as_the_model_says(contact: str, phone: str, name: str) -> None:
    assert (phone_of(contact), name_of(contact)) == (phone, name)


def test_the_golden_files_hold_what_they_were_made_for() -> None:
    text = (GOLDEN / "151009_event.csv").read_text(encoding="utf-8-sig")
    assert "'=SUM(1,2)" in text
    assert "中止になりました" in text
