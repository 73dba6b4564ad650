"""A ward's own list becomes communities: read, shown with its faults by cell, registered once, taken back while free."""

from datetime import date, datetime

import pytest

from communities.models import Community
from portal.kernel import imports
from portal.kernel.import_models import ImportRow
from portal.kernel.models import AuditEntry, SearchEntry
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories import imports as tables
from tests.factories.areas import AKIHA

pytestmark = pytest.mark.django_db

HEAD = "名称,ふりがな,区,概要,設立日\n"


def lines(imported) -> list[str]:
    rows = ImportRow.objects.filter(imported=imported).order_by("number")
    return [line for row in rows for line in imports.faults_of(row)]


def test_table_becomes_communities_by_the_normal_action() -> None:
    by = make.ward_officer()
    text = (
        HEAD
        + "本の会,ほんのかい,秋葉区,本を読む集まり。,令和5年4月1日\n里の会,サトノカイ,,山を歩く。,2024-10-05\n"
    )
    imported = tables.applied(text, by=by, options={"publish": "1"})
    assert (imported.state, imported.made_count, imported.row_count) == ("applied", 2, 2)
    book = Community.objects.get(name="本の会")
    assert (book.kana, book.area_id, book.state, book.founded_on) == (
        "ホンノカイ",
        AKIHA,
        "published",
        date(2023, 4, 1),
    )
    events = (
        AuditEntry.objects.filter(target_id=str(book.pk)).order_by("id").values_list("event", "actor_ref")
    )
    assert list(events) == [
        ("communities.community.registered", by.ref),
        ("communities.community.publish", by.ref),
    ]
    assert SearchEntry.objects.filter(kind="community", object_id=str(book.pk)).exists()
    assert imported.file is None


def test_faults_are_listed_by_cell() -> None:
    text = HEAD + (
        "本の会,ほんのかい,秋葉区,本を読む。,昭和99年1月1日\n"
        ",ナマエナシ,秋葉区,名前がない。,\n"
        "里の会,里山会,北区,山を歩く。,令和0年4月1日\n"
        '=HYPERLINK("http://x"),シキ,秋葉区,数式。,\n'
        "良い会,ヨイカイ,秋葉区,正しい行。,R6.4.1\n"
    )
    imported = tables.previewed(text)
    assert lines(imported) == [
        "2行目 E列 始まり:昭和は、元年12月25日から64年1月7日までです。元号と年を確かめてください。",
        "3行目 A列 名前:名前を入力してください。",
        "4行目 B列 フリガナ:フリガナは、カタカナで入力してください。例:ニシカンミライBASE",
        "4行目 C列 地域:「北区」は、受け持つ地域ではありません。秋葉区と書いてください。",
        "4行目 E列 始まり:令和は、元年5月1日からです。元号と年を確かめてください。",
        "5行目 A列 名前:数式が入っています。数式は計算しません。値だけを貼り付け直してください。",
    ]
    assert (imported.ready_count, imported.faulty_count, imported.row_count) == (1, 4, 5)


def test_faulty_rows_stay_out_and_the_rest_is_registered() -> None:
    imported = tables.applied(
        HEAD + "本の会,ほんのかい,,本を読む。,昭和99年1月1日\n里の会,サトノカイ,,山を歩く。,\n"
    )
    assert imported.made_count == 1
    assert not Community.objects.filter(name="本の会").exists()


def test_cp932_and_tabs_are_read() -> None:
    text = "団体名\tフリガナ\t活動内容\n髙橋の会①\tタカハシノカイ\t本を読む。山にも行く。\n"
    imported = tables.applied(text.encode("cp932"))
    made = Community.objects.get(name="髙橋の会①")
    assert (made.summary, made.story) == ("本を読む。", "本を読む。山にも行く。")
    assert imported.made_count == 1


def test_merged_headings_below_a_title_are_found() -> None:
    rows = [
        ["令和8年度 コミュニティ一覧", None, None, None, None],
        [],
        ["No.", "団体", None, "活動", None],
        [None, "名称", "フリガナ", "概要", "設立年月日"],
        [1, "本の会", "ﾎﾝﾉｶｲ", "本を読む。", datetime.fromisoformat("2023-04-01 00:00")],
        [2, "里の会", "さとのかい", "山を歩く。", "令和６年１０月５日"],
    ]
    content = tables.workbook(rows, merged=["A1:E1", "B3:C3", "D3:E3", "A3:A4"])
    imported = tables.sent(content)
    assert (imported.header_row, imported.header_rows) in [(3, 2), (4, 1)]
    imported = tables.applied(content)
    assert imported.made_count == 2
    assert list(Community.objects.order_by("founded_on").values_list("kana", "founded_on")) == [
        ("ホンノカイ", date(2023, 4, 1)), ("サトノカイ", date(2024, 10, 5)),
    ]  # fmt: skip


def test_columns_that_were_guessed_wrong_are_put_right() -> None:
    by = make.ward_officer()
    imported = tables.sent("あ,い,う\n本の会,ホンノカイ,本を読む。\n", by=by)
    assert imported.mapping == {}
    imported = tables.read(imported, by=by, name=0, kana=1, summary=2)
    assert imported.ready_count == 1


def test_likely_duplicates_wait_for_a_decision() -> None:
    by = make.ward_officer()
    there = make.community(by=by, name="にしかん未来BASE", kana="ニシカンミライベース")
    text = (
        HEAD
        + "ﾆｼｶﾝ未来ＢＡＳＥ,ニシカンミライ,,同じ会。,\nにしかんみらいBASE,ニシカンミライベース,,読みが同じ。,\n里の会,サトノカイ,,一度目。,\n里の会,サトノカイ,,二度目。,\n"
    )
    imported = tables.previewed(text, by=by)
    assert (imported.twin_count, imported.ready_count) == (3, 1)
    kinds = dict(ImportRow.objects.filter(imported=imported).values_list("number", "verdict"))
    assert kinds == {2: "twin", 3: "twin", 4: "ready", 5: "twin"}
    imports.decide(by=by, imported=imported, decisions={2: "same", 3: "same", 5: "register"})
    imports.ask_to_apply(by=by, imported=imported)
    imported = tables.run(imported)
    there.refresh_from_db()
    assert there.variants == ["ニシカン未来ＢＡＳＥ", "にしかんみらいBASE"]
    assert Community.objects.filter(name="里の会").count() == 2
    assert imported.made_count == 2


def test_undo_takes_everything_back_while_nothing_refers_to_it() -> None:
    by = make.ward_officer()
    there = make.community(by=by, name="古い会", kana="フルイカイ")
    imported = tables.previewed(
        HEAD + "本の会,ホンノカイ,,本を読む。,\nふるい会,フルイカイ,,同じ。,\n", by=by
    )
    imports.decide(by=by, imported=imported, decisions={3: "same"})
    imports.ask_to_apply(by=by, imported=imported)
    tables.run(imported)
    made = Community.objects.get(name="本の会")
    imports.ask_to_undo(by=by, imported=imported)
    imported = tables.run(imported)
    assert imported.state == "undone"
    assert not Community.objects.filter(pk=made.pk).exists()
    assert not SearchEntry.objects.filter(object_id=str(made.pk)).exists()
    assert AuditEntry.objects.filter(event="communities.community.withdrawn", target_id=str(made.pk)).exists()
    there.refresh_from_db()
    assert there.variants == []


@pytest.mark.parametrize("what", ["member", "event", "edit"])
def test_undo_is_refused_when_something_refers_to_a_row(what: str) -> None:
    by = make.ward_officer()
    text = HEAD + "本の会,ホンノカイ,,本を読む。,\n里の会,サトノカイ,,山を歩く。,\n"
    imported = tables.applied(text, by=by, options={"publish": "1"})
    book = Community.objects.get(name="本の会")
    if what == "member":
        book.join_policy = "open"
        book.save()
        make.member(book)
    elif what == "event":
        make.event(book, by=by)
    else:
        make.actions.edit_community(by=by, community=book, summary="直した。")
    imports.ask_to_undo(by=by, imported=imported)
    imported = tables.run(imported)
    assert imported.state == "applied"
    assert imported.problem.startswith("取り消せませんでした。2行目「本の会」は、")
    assert Community.objects.filter(name__in=["本の会", "里の会"]).count() == 2


def test_a_community_that_appeared_since_the_preview_stops_the_registration() -> None:
    by = make.ward_officer()
    imported = tables.previewed(HEAD + "本の会,ホンノカイ,,本を読む。,\n里の会,サトノカイ,,山。,\n", by=by)
    make.community(by=by, name="里の会", kana="サトノカイ")
    imports.ask_to_apply(by=by, imported=imported)
    imported = tables.run(imported)
    assert imported.state == "previewed"
    assert "3行目「里の会」と同じものが、読み取りのあとに登録されました。" in imported.problem
    assert not Community.objects.filter(name="本の会").exists()


def test_rights_lost_since_are_respected() -> None:
    by = make.ward_officer()
    imported = tables.previewed(HEAD + "本の会,ホンノカイ,,本を読む。,\n", by=by)
    imports.ask_to_apply(by=by, imported=imported)
    by.user.appointments.all().delete()
    imported = tables.run(imported)
    assert imported.state == "previewed"
    assert not Community.objects.filter(name="本の会").exists()


def test_nothing_to_register_is_refused() -> None:
    by = make.ward_officer()
    imported = tables.previewed(HEAD + ",,,,昭和99年1月1日\n", by=by)
    with pytest.raises(Refusal, match="登録する行がありません"):
        imports.ask_to_apply(by=by, imported=imported)


def test_asking_twice_is_refused_while_it_is_under_way() -> None:
    by = make.ward_officer()
    imported = tables.previewed(HEAD + "本の会,ホンノカイ,,本を読む。,\n", by=by)
    imports.ask_to_apply(by=by, imported=imported)
    with pytest.raises(Refusal, match="いま処理しています"):
        imports.ask_to_apply(by=by, imported=imported)
    with pytest.raises(Refusal, match="いま処理しています"):
        imports.discard(by=by, imported=imported)
    tables.run(imported)
    with pytest.raises(Refusal, match="登録はできません"):
        imports.ask_to_apply(by=by, imported=imported)
    assert Community.objects.filter(name="本の会").count() == 1


def test_an_officer_of_another_ward_may_not() -> None:
    from django.core.exceptions import PermissionDenied

    imported = tables.previewed(HEAD + "本の会,ホンノカイ,,本を読む。,\n")
    with pytest.raises(PermissionDenied):
        imports.ask_to_apply(by=make.ward_officer("151017"), imported=imported)
    with pytest.raises(PermissionDenied):
        tables.sent(HEAD, by=make.ward_officer("151017"), place=AKIHA)


def test_what_came_to_nothing_is_swept() -> None:
    from datetime import timedelta

    from portal.kernel import clock
    from portal.kernel.actors import JobActor

    imported = tables.previewed(HEAD + "本の会,ホンノカイ,,本を読む。,\n")
    assert imports.sweep(by=JobActor("kernel.sweep")) == 0
    with clock.at(clock.now() + timedelta(days=15)):
        assert imports.sweep(by=JobActor("kernel.sweep")) == 1
    imported.refresh_from_db()
    assert (imported.state, imported.file) == ("discarded", None)
    assert not ImportRow.objects.filter(imported=imported).exists()
