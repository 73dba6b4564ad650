"""The public page behind the QR code: what it says, and what it must not say."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.areas.models import Authority
from portal.documents import actions
from portal.documents.models import Document
from tests.factories.accounts import UserFactory, actor
from tests.factories.areas import SectionFactory
from tests.factories.documents import issued, with_bytes
from tests.support.html import assert_html
from tests.support.strict import StrictClient

from .kind import KEY

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 the paper"


@pytest.fixture
def document(city: Authority) -> Document:
    return with_bytes(
        issued(KEY, UserFactory(name="髙﨑 花子"), authority=city, own_number="新市協第12号"), CONTENT
    )


def test_a_valid_paper_shows_kind_number_date_and_body(client: StrictClient, document: Document) -> None:
    response = client.get(document.get_verify_url())
    page = response.content.decode()
    assert response.status_code == 200
    for words in ("この文書は有効です", "試験の届出", document.check_number, "新潟市", document.sha256):
        assert words in page
    assert_html(response.content)


def test_an_unfinished_paper_is_作成中_and_offers_no_comparison(
    client: StrictClient, city: Authority
) -> None:
    page = client.get(issued(KEY, authority=city).get_verify_url()).content.decode()
    assert "この文書は作成中です" in page
    assert "ファイルをくらべる" not in page


def test_a_replaced_paper_leads_to_its_successor(client: StrictClient, city: Authority) -> None:
    user = UserFactory()
    old = issued(KEY, user, authority=city)
    user.letter_version = 2
    new = issued(KEY, user, authority=city)
    page = client.get(old.get_verify_url()).content.decode()
    assert "この文書は差し替えられました" in page
    assert f'href="{new.get_verify_url()}"' in page


def test_a_void_paper_is_無効_and_keeps_its_reason_to_itself(client: StrictClient, city: Authority) -> None:
    user = UserFactory()
    document = issued(KEY, user, authority=city)
    actions.void(document, by=actor(user), note="氏名の誤り")
    page = client.get(document.get_verify_url()).content.decode()
    assert "この文書は無効です" in page
    assert "氏名の誤り" not in page


@pytest.mark.parametrize("state", ["issuing", "issued", "replaced", "void"])
def test_the_page_has_no_personal_data_and_nothing_of_the_content(
    client: StrictClient, city: Authority, state: str
) -> None:
    user = UserFactory(name="髙﨑 花子")
    document = issued(KEY, user, authority=city, own_number="新市協第12号")
    if state == "issued":
        with_bytes(document, CONTENT)
    elif state == "replaced":
        user.letter_version = 2
        issued(KEY, user, authority=city)
    elif state == "void":
        actions.void(document, by=actor(user), note="誤り")
    page = client.get(document.get_verify_url()).content.decode()
    body = document.snapshot["body"]
    secrets = {
        user.email,
        str(user.pk),
        str(document.pk),
        document.own_number,
        *body["addressee"],
        *body["sender"],
    }
    secrets |= {str(value) for value in body.values() if isinstance(value, str)} | {"650000", "650,000"}
    assert [words for words in secrets if words in page] == []
    assert json.dumps(body, ensure_ascii=False) not in page


def test_the_page_is_neither_indexed_nor_cached_nor_named_to_others(
    client: StrictClient, document: Document
) -> None:
    response = client.get(document.get_verify_url())
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


@pytest.mark.parametrize("token", ["x", "A" * 22, "%E3%81%82", "a" * 500])
def test_an_unknown_token_is_404(client: StrictClient, token: str) -> None:
    assert client.get(f"/documents/verify/{token}/").status_code == 404


def test_the_page_speaks_in_the_name_of_the_issuer(client: StrictClient, prefecture: Authority) -> None:
    page = client.get(issued(KEY, authority=prefecture).get_verify_url()).content.decode()
    assert "この画面には，氏名，住所，金額などは表示されません。" in page


def test_it_takes_one_query_for_the_document(client: StrictClient, city: Authority, assert_queries) -> None:  # type: ignore[no-untyped-def]
    document = issued(KEY, authority=city, section=SectionFactory(authority=city))
    client.get(document.get_verify_url())
    with assert_queries(1) as captured:
        client.get(document.get_verify_url())
    assert sum('FROM "documents_document"' in query["sql"] for query in captured.captured_queries) == 1
    assert not any("snapshot" in query["sql"] for query in captured.captured_queries)


# --- comparing a file ----------------------------------------------------------------------------------------------


def post(client: StrictClient, document: Document, content: bytes | None):  # type: ignore[no-untyped-def]
    data = {"file": SimpleUploadedFile("手もと.pdf", content)} if content is not None else {}
    return client.post(document.get_verify_url(), data)


def test_the_same_file_is_recognised(client: StrictClient, document: Document) -> None:
    response = post(client, document, CONTENT)
    assert response.status_code == 200
    assert "発行されたファイルと同じです" in response.content.decode()


def test_another_file_is_recognised_as_another(client: StrictClient, document: Document) -> None:
    assert "発行されたファイルと違います" in post(client, document, CONTENT + b" ").content.decode()


@pytest.mark.parametrize(
    ("content", "words"), [(None, "くらべるPDFファイルを選んでください"), (b"", "ファイルが空です")]
)
def test_no_file_is_refused_with_a_summary(
    client: StrictClient, document: Document, content: bytes | None, words: str
) -> None:
    response = post(client, document, content)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert_html(response.content)


def test_comparing_writes_nothing(client: StrictClient, document: Document, assert_queries) -> None:  # type: ignore[no-untyped-def]
    with assert_queries(1) as captured:
        post(client, document, CONTENT)
    assert all(query["sql"].startswith("SELECT") for query in captured.captured_queries)


# --- looking up by number ------------------------------------------------------------------------------------------


def test_a_typed_number_leads_to_its_page(client: StrictClient, document: Document) -> None:
    typed = document.check_number.lower().replace("-", "－")
    response = client.get(reverse("documents:lookup"), {"number": typed})
    assert (response.status_code, response.headers["Location"]) == (302, document.get_verify_url())


def test_a_number_with_wrong_last_characters_is_not_found(client: StrictClient, document: Document) -> None:
    wrong = re.sub(r"....$", "0000" if document.check_suffix != "0000" else "1111", document.check_number)
    response = client.get(reverse("documents:lookup"), {"number": wrong})
    assert response.status_code == 422
    assert "この確認番号の文書は見つかりません" in response.content.decode()
    assert wrong in response.content.decode()


@pytest.mark.parametrize("typed", ["", "12", "\x00", "R8-ZZ-999999999-0000", "あ" * 50])
def test_what_is_no_number_is_refused_kindly(client: StrictClient, typed: str) -> None:
    response = client.get(reverse("documents:lookup"), {"number": typed})
    assert response.status_code in {400, 422}
    assert_html(response.content)
