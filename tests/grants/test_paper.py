"""補助金交付申請書 with 事業計画書 and 収支予算書: one tagged paper in the prefecture's punctuation."""

import io

import pikepdf
import pytest
from django.core.files.storage import default_storage

from grants.documents import KIND
from portal.documents import papers
from portal.documents import queries as documents
from tests.documents.pdf import fonts_of, tags_of, text_of
from tests.factories.documents import ready
from tests.factories.grants import Town


@pytest.fixture
def issued(town: Town) -> bytes:
    document = ready(documents.of(town.submitted()).get())
    with default_storage.open(document.file.storage_name, "rb") as file:
        return file.read()


def words(content: bytes) -> str:
    return "".join(text_of(content).split())


def test_letter_says_what_an_application_must_say(issued: bytes) -> None:
    said = words(issued)
    for part in (
        "標準様式(第○条関係)", "試企第412号", "令和8年11月25日", "鹿児島県知事殿", "（公印省略）",
        "令和8年度持続可能な地域コミュニティ構築促進補助金", "交付申請書", "記", "以上",
        "鹿児島県補助金等交付規則第○条の規定により，関係書類を添えて申請します。",
        "①-2コミプラ形成地域の取組を持続可能なものとするための事業", "浜坂地区まちづくり協議会",
        "金710,000円", "1,492,000円", "1,420,000円", "742,000円", "令和9年1月12日", "令和9年3月19日",
        "(1)事業計画書", "(2)収支予算書", "(3)実施主体の規約", "確認番号R8-KC-",
    ):  # fmt: skip
        assert part in said, part


def test_budget_has_the_three_columns_and_balances(issued: bytes) -> None:
    said = words(issued)
    assert said.count("区分予算額積算") == 2
    for part in (
        "県補助金710,000円", "町負担金742,000円", "特定財源40,000円", "7報償費120,000円",
        "講師の謝金2人×3回20,000円×6＝120,000円", "うち対象外32,000円", "計1,492,000円",
    ):  # fmt: skip
        assert part in said, part


def test_paper_is_tagged_and_carries_its_font(issued: bytes) -> None:
    with pikepdf.open(io.BytesIO(issued)) as paper:
        assert "/StructTreeRoot" in paper.Root
        assert str(paper.Root.Lang) == "ja"
        assert fonts_of(paper) == {"BIZ-UDMincho"}
        tags = tags_of(paper)
    assert tags.count("Table") == 3
    assert "H1" in tags


def test_preview_is_marked_and_has_no_number(town: Town) -> None:
    application = town.ready()
    content = papers.preview(KIND, application, authority=application.menu.programme.authority)
    said = words(content)
    assert "見本" in said
    assert "R8-KC-" not in said
    assert "公印省略" not in said


def test_preview_of_an_empty_draft_is_a_paper_too(town: Town) -> None:
    application = town.draft()
    content = papers.preview(KIND, application, authority=application.menu.programme.authority)
    assert "交付申請書" in words(content)


def test_user_text_never_becomes_markup(town: Town) -> None:
    application = town.ready()
    application.title = "<b>太字</b>{{ x }} & <script>"
    application.save(update_fields=["title"])
    content = papers.preview(KIND, application, authority=application.menu.programme.authority)
    assert "<b>太字</b>{{x}}&<script>" in words(content)
