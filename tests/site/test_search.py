"""The one search: Japanese from two characters, what one may see and nothing else, grouped by kind."""

import pytest

from communities import indexing
from communities.enums import CommunityState
from portal.accounts.enums import Role
from portal.site import finding
from tests.factories.accounts import officer
from tests.factories.areas import AKIHA, KITA
from tests.support.html import assert_html

from .conftest import community, event, initiative

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def found(*rows: object) -> None:
    """Let search find the rows, as the actions would."""
    put = {
        "Community": lambda row: indexing.put_communities([row]),
        "Event": indexing.put_event,
        "Initiative": indexing.put_initiative,
    }
    for row in rows:
        put[type(row).__name__](row)


def thread(word: str) -> list[object]:
    host = community(name=f"{word}の会")
    rows = [host, event(host, title=f"{word}の日"), initiative(host)]
    found(*rows)
    return rows


def test_two_characters_find_every_kind_grouped(client) -> None:  # type: ignore[no-untyped-def]
    thread("寺子屋")
    response = client.get("/search/", {"q": "寺子"})
    assert [group.kind for group in response.context["found"].groups] == ["community", "event", "initiative"]
    assert_html(response.content)
    only = client.get("/search/", {"q": "寺子", "kind": "event"})
    assert [group.kind for group in only.context["found"].groups] == ["event"]


def test_a_draft_is_found_by_the_staff_of_its_ward_only(client) -> None:  # type: ignore[no-untyped-def]
    draft = community(name="内緒の会", state=CommunityState.DRAFT, published_at=None)
    found(draft)

    def seen() -> bool:
        return draft.name in client.get("/search/", {"q": "内緒"}).content.decode()

    assert not seen()
    client.force_login(officer(Role.WARD_OFFICER, KITA))
    assert not seen()
    client.force_login(officer(Role.WARD_OFFICER, AKIHA))
    assert seen()


def test_what_is_hidden_after_indexing_is_not_shown(client) -> None:  # type: ignore[no-untyped-def]
    host = community(name="引っこめた会")
    found(host)
    type(host).objects.filter(pk=host.pk).update(state=CommunityState.DISCARDED, published_at=None)
    assert host.name not in client.get("/search/", {"q": "引っこ"}).content.decode()


@pytest.mark.parametrize("rows", [1, 10])
def test_the_search_takes_one_statement_a_kind_and_two_more(client, assert_queries, rows: int) -> None:  # type: ignore[no-untyped-def]
    for _ in range(rows):
        thread("寺子屋")
    with assert_queries(5):
        client.get("/search/", {"q": "寺子屋"})


@pytest.mark.parametrize("words", ["", " ", "、", "%", "_", "'", '"><script>', "あ" * 500, "\x01\x02", "会"])
def test_any_words_give_a_page(client, words: str) -> None:  # type: ignore[no-untyped-def]
    thread("寺子屋")
    response = client.get("/search/", {"q": words})
    assert response.status_code == 200
    assert_html(response.content)
    assert "<script>" not in response.content.decode().replace("<script src", "")


def test_nothing_found_says_what_to_do(client) -> None:  # type: ignore[no-untyped-def]
    assert "見つかりませんでした" in client.get("/search/", {"q": "ないもの"}).content.decode()


def test_an_unknown_kind_is_not_found(client) -> None:  # type: ignore[no-untyped-def]
    assert client.get("/search/", {"q": "会", "kind": "secret"}).status_code == 404


def test_words_are_tidied() -> None:
    assert finding.words("  子ども\t秋葉区\n ") == "子ども 秋葉区"
    assert len(finding.words("あ" * 300)) == finding.LONGEST
