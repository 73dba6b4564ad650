"""The officer's way through an import, page by page, as a browser without JavaScript goes it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import Community, Event
from portal.kernel import imports
from portal.kernel.import_models import Import
from tests.factories import communities as make
from tests.factories import imports as tables
from tests.factories.areas import AKIHA
from tests.support.html import assert_html
from tests.support.pages import form_values
from tests.support.queries import counted

pytestmark = pytest.mark.django_db

HEAD = "名称,ふりがな,区,概要,設立日\n"
TEXT = HEAD + "本の会,ほんのかい,秋葉区,本を読む。,R5.4.1\n里の会,,,山を歩く。,令和0年1月1日\n"


@pytest.fixture
def officer(client):  # type: ignore[no-untyped-def]
    by = make.ward_officer()
    client.force_login(by.user, backend="django.contrib.auth.backends.ModelBackend")
    return by


def post(client, address: str, **values):  # type: ignore[no-untyped-def]
    """Send the page's form with some values put in."""
    shown = form_values(client.get(address).content)
    return client.post(address, {**shown, **values})


def test_table_goes_from_the_first_page_to_the_list_and_back(client, officer) -> None:  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile("表.csv", TEXT.encode("cp932"))
    sent = post(client, "/staff/communities/import/", file=file)
    assert sent.status_code == 303, sent.content.decode()
    imported = Import.objects.get()
    columns = client.get(sent.url)
    assert_html(columns.content)
    assert "5個の列を見分けました" in columns.content.decode()
    chosen = post(client, sent.url, column_contact="")
    assert chosen.status_code == 303
    detail = chosen.url
    assert "表を読み取っています" in client.get(detail).content.decode()
    tables.run(imported)
    page = client.get(detail)
    assert_html(page.content)
    text = page.content.decode()
    assert "<strong>3行目 E列 始まり</strong>:令和は、元年5月1日からです。" in text
    assert "書かれている文字:令和0年1月1日" in text
    faults = b"".join(client.get(f"{detail}faults.csv").streaming_content).decode("utf-8-sig")
    assert "3,E列 始まり,令和0年1月1日,令和は" in faults
    assert post(client, detail, step="apply").status_code == 303
    tables.run(imported)
    done = client.get(detail)
    assert_html(done.content)
    assert "登録しました" in done.content.decode()
    assert Community.objects.get(name="本の会").state == "draft"
    undo = f"{detail}undo/"
    assert_html(client.get(undo).content)
    assert post(client, undo).status_code == 303
    tables.run(imported)
    assert "取り消しました" in client.get(detail).content.decode()
    assert not Community.objects.filter(name="本の会").exists()


def test_events_come_in_the_same_way(client, officer) -> None:  # type: ignore[no-untyped-def]
    community = make.community(by=officer, name="本の会")
    text = (
        "イベント名,開催日,時間,場所,主催,定員\n読む夜,令和8年12月5日(土),18:30～20:30,公民館,本の会,４０人\n"
    )
    sent = post(client, "/staff/events/import/", file=SimpleUploadedFile("催し.csv", text.encode()))
    assert sent.status_code == 303
    assert_html(client.get(sent.url).content)
    chosen = post(client, sent.url, collector="city", publish="1")
    assert chosen.status_code == 303, chosen.content.decode()
    imported = tables.run(Import.objects.get())
    assert imported.ready_count == 1
    post(client, chosen.url, step="apply")
    tables.run(imported)
    event = Event.objects.select_related("seats").get()
    assert (event.host_community, event.seats.capacity, event.state) == (community, 40, "published")


def test_headings_page_corrects_the_guess(client, officer) -> None:  # type: ignore[no-untyped-def]
    imported = tables.sent(
        tables.workbook([["名称"], ["会の一覧"], ["名称", "ふりがな"], ["本の会", "ホンノカイ"]]), by=officer
    )
    address = f"/staff/imports/{imported.pk}/headings/"
    page = client.get(address)
    assert_html(page.content)
    assert post(client, address, header_row="2", header_rows="1").status_code == 303
    imported.refresh_from_db()
    assert (imported.header_row, imported.mapping) == (2, {})
    refused = post(client, address, header_row="9", header_rows="1")
    assert refused.status_code == 409
    assert "その行には、何も書かれていません" in refused.content.decode()


def test_twins_page_decides_row_by_row_or_all_at_once(client, officer) -> None:  # type: ignore[no-untyped-def]
    make.community(by=officer, name="本の会", kana="ホンノカイ")
    imported = tables.previewed(
        HEAD + "本の会,ホンノカイ,,同じ。,\n里の会,サトノカイ,,一。,\n里の会,サトノカイ,,二。,\n", by=officer
    )
    address = f"/staff/imports/{imported.pk}/twins/"
    page = client.get(address)
    assert_html(page.content)
    assert post(client, address, row_2="same", row_4="same").status_code == 422
    assert post(client, address, row_2="same").status_code == 303
    assert list(
        imported.rows.filter(verdict="twin").order_by("number").values_list("decision", flat=True)
    ) == ["same", "skip"]
    assert post(client, address, everything="register").status_code == 303
    assert set(imported.rows.filter(verdict="twin").values_list("decision", flat=True)) == {"register"}
    assert_html(client.get(f"/staff/imports/{imported.pk}/?show=twin").content)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("表.xls", b"\xd0\xcf\x11\xe0", "古い形式(.xls)です"),
        ("表.xlsx", b"PK\x03\x04", "中身はExcelではありません"),
        ("表.csv", b"", "空です"),
        ("表.csv", b"\n\n", "何も書かれていません"),
    ],
)  # fmt: skip
def test_files_that_are_no_tables_are_refused_at_their_field(client, officer, name, content, message) -> None:  # type: ignore[no-untyped-def]
    answer = post(client, "/staff/communities/import/", file=SimpleUploadedFile(name, content))
    assert answer.status_code in (409, 422)
    assert message in answer.content.decode()
    assert not Import.objects.exists()


def test_column_used_twice_or_missing_is_refused(client, officer) -> None:  # type: ignore[no-untyped-def]
    imported = tables.sent(TEXT, by=officer)
    address = f"/staff/imports/{imported.pk}/columns/"
    answer = post(client, address, column_name="", column_summary="1")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "名前の列を選んでください。" in page
    assert "同じ列を「フリガナ」にも使っています" in page


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", ["communities", "events"])
def test_template_is_a_table_that_can_be_sent_back(client, officer, kind: str, ending: str) -> None:  # type: ignore[no-untyped-def]
    if kind == "events":
        make.community(by=officer, name="新津まちの本棚")
    answer = client.get(f"/staff/imports/{kind}/template.{ending}")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    imported = tables.sent(content, by=officer, kind=kind, name=f"表.{ending}")
    assert len(imported.mapping) == len(tables.fields(kind))
    imported = tables.read(imported, by=officer, options={"collector": "community"})
    assert (imported.ready_count, imported.faulty_count) == (1, 0), [
        row.faults for row in imported.rows.all()
    ]
    assert client.get(f"/staff/imports/{kind}/template.pdf").status_code == 404
    assert client.get("/staff/imports/people/template.csv").status_code == 404


def test_pages_cost_the_same_at_one_and_at_many_rows(client, officer) -> None:  # type: ignore[no-untyped-def]
    def cost(imported: Import) -> list[int]:
        found = []
        for address in (
            "/staff/communities/import/",
            f"/staff/imports/{imported.pk}/",
            f"/staff/imports/{imported.pk}/twins/",
        ):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            found.append(len(counted(captured)))
        return found

    def table(count: int) -> str:
        return (
            HEAD
            + "本の会,ホン,,本。,\n" * 2
            + "".join(f"会{number},カイ,,本を読む。,\n" for number in range(count))
        )

    few = cost(tables.previewed(table(1), by=officer))
    many = cost(tables.previewed(table(40), by=officer))
    assert few == many == [7, 12, 8]


def test_another_ward_sees_none_of_it(client, officer) -> None:  # type: ignore[no-untyped-def]
    imported = tables.sent(TEXT, by=officer)
    other = make.ward_officer("151017")
    client.force_login(other.user, backend="django.contrib.auth.backends.ModelBackend")
    for part in ("", "columns/", "headings/", "twins/", "undo/", "faults.csv"):
        assert client.get(f"/staff/imports/{imported.pk}/{part}").status_code == 404
    assert imported.filename not in client.get("/staff/communities/import/").content.decode()
    assert imported.place == AKIHA
    assert imports.current_job(imported) is None
