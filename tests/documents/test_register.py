"""The staff's register: list, filters, one document's page, voiding."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.areas.models import Authority
from portal.documents.models import Document
from portal.kernel import clock
from portal.kernel.models import AuditEntry, TransitionNote
from tests.factories.accounts import UserFactory, appointment
from tests.factories.documents import issued, with_bytes
from tests.support.html import assert_html
from tests.support.strict import StrictClient

from .kind import KEY

pytestmark = pytest.mark.django_db
LIST = "/staff/documents/"


@pytest.fixture
def officer(client: StrictClient) -> User:
    """An officer of the city, signed in; the tests' letters may be voided by the person they are about."""
    user = UserFactory()
    appointment(user, Role.CITY_OFFICER, "151009", starts_on=clock.today_jst() - timedelta(days=60))
    client.force_login(user)
    return user


def test_an_empty_list_says_so(client: StrictClient, officer: User) -> None:
    response = client.get(LIST)
    assert "当てはまる文書はありません" in response.content.decode()
    assert_html(response.content)


def test_the_list_shows_newest_first(client: StrictClient, officer: User, city: Authority) -> None:
    first, second = issued(KEY, authority=city, own_number="新市協第12号"), issued(KEY, authority=city)
    response = client.get(LIST)
    page = response.content.decode()
    assert page.index(second.check_number) < page.index(first.check_number)
    assert "新市協第12号" in page
    assert "作成中</span>" in page.partition("<tbody>")[2]
    assert_html(response.content)


@pytest.mark.parametrize("rows", [1, 10, 60])
def test_the_list_takes_the_same_queries_whatever_its_length(
    client: StrictClient,
    officer: User,
    city: Authority,
    rows: int,
    assert_queries,  # type: ignore[no-untyped-def]
) -> None:
    for _ in range(rows):
        issued(KEY, authority=city)
    client.get(LIST)
    with assert_queries(LIST_QUERIES):
        client.get(LIST)


LIST_QUERIES = 7  # session, user, Scope (2), governments; the rows, their capped count


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "issued"}, [0]),
        ({"state": "issuing"}, [1]),
        ({"kind": KEY}, [0, 1]),
        ({"number": "第12号"}, [1]),
        ({"number": "{0}"}, [0]),
        ({"number": "{0:label}"}, [0]),
        ({"number": "R8-ZZ-9999"}, []),
        ({"number": "無い"}, []),
    ],
)
def test_the_list_can_be_narrowed(
    client: StrictClient, officer: User, city: Authority, query: dict[str, str], found: list[int]
) -> None:
    rows = [
        with_bytes(issued(KEY, authority=city), b"%PDF-1.7"),
        issued(KEY, authority=city, own_number="第12号"),
    ]
    wanted = {
        name: value.replace("{0:label}", rows[0].number_label).replace("{0}", rows[0].check_number)
        for name, value in query.items()
    }
    page = client.get(LIST, wanted).content.decode()
    shown = page.partition("<tbody>")[2]
    assert [place for place, row in enumerate(rows) if row.check_number in shown] == found


@pytest.mark.parametrize("query", [{"state": "x"}, {"kind": "x"}, {"number": "あ" * 61}])
def test_a_filter_that_does_not_exist_is_refused_with_a_summary(
    client: StrictClient, officer: User, query: dict[str, str]
) -> None:
    response = client.get(LIST, query)
    assert response.status_code == 422
    assert_html(response.content)


def test_pages_follow_each_other_without_loss(client: StrictClient, officer: User, city: Authority) -> None:
    numbers = [issued(KEY, authority=city).check_number for _ in range(55)]
    response = client.get(LIST)
    first = response.content.decode()
    second = client.get(LIST + response.context["page"].next_url).content.decode()
    assert [number for number in numbers if (number in first) + (number in second) != 1] == []


# --- one document --------------------------------------------------------------------------------------------------


def own(officer: User, city: Authority) -> Document:
    return issued(KEY, officer, authority=city)


def test_the_page_shows_chain_and_history(client: StrictClient, officer: User, city: Authority) -> None:
    old = own(officer, city)
    officer.letter_version = 2  # type: ignore[attr-defined]
    new = own(officer, city)
    for shown, other in ((old, new), (new, old)):
        response = client.get(shown.get_absolute_url())
        assert other.get_absolute_url() in response.content.decode()
        assert f"確認番号{shown.check_number}で発行しました" in response.content.decode()
        assert_html(response.content)


def test_void_needs_a_reason(client: StrictClient, officer: User, city: Authority) -> None:
    document = own(officer, city)
    once = client.get(document.get_absolute_url()).context["form"]["once"].value()
    response = client.post(document.get_absolute_url(), {"once": once, "note": ""})
    assert response.status_code == 422
    assert "無効にする理由を入力してください" in response.content.decode()
    document.refresh_from_db()
    assert document.state == "issuing"


def test_void_keeps_number_and_reason_and_happens_once(
    client: StrictClient, officer: User, city: Authority
) -> None:
    document = own(officer, city)
    once = client.get(document.get_absolute_url()).context["form"]["once"].value()
    for _ in range(2):
        response = client.post(document.get_absolute_url(), {"once": once, "note": "宛先を誤ったため"})
        assert (response.status_code, response.headers["Location"]) == (303, document.get_absolute_url())
    document.refresh_from_db()
    assert (document.state, document.number) == ("void", 1)
    assert TransitionNote.objects.get(target_id=str(document.pk)).text == "宛先を誤ったため"
    entry = AuditEntry.objects.get(event="documents.document.void", target_id=str(document.pk))
    assert "宛先" not in str(entry.data)
    assert issued(KEY, authority=city).number == 2


def test_void_of_what_was_replaced_meanwhile_is_409_with_the_reason_kept(
    client: StrictClient, officer: User, city: Authority
) -> None:
    document = own(officer, city)
    once = client.get(document.get_absolute_url()).context["form"]["once"].value()
    officer.letter_version = 2  # type: ignore[attr-defined]
    own(officer, city)
    response = client.post(document.get_absolute_url(), {"once": once, "note": "宛先を誤ったため"})
    assert response.status_code == 409
    assert "差替え" in response.content.decode()


def test_void_by_somebody_without_the_right_is_403(
    client: StrictClient, officer: User, city: Authority
) -> None:
    document = issued(KEY, UserFactory(), authority=city)
    response = client.get(document.get_absolute_url())
    assert "文書を無効にする" not in response.content.decode()
    once = response.context["form"]["once"].value()
    assert client.post(document.get_absolute_url(), {"once": once, "note": "理由"}).status_code == 403
    document.refresh_from_db()
    assert document.state == "issuing"


def test_a_stale_csrf_token_keeps_the_reason_and_writes_nothing(officer: User, city: Authority) -> None:
    document = own(officer, city)
    strict = StrictClient(enforce_csrf_checks=True)
    strict.force_login(officer)
    once = strict.get(document.get_absolute_url()).context["form"]["once"].value()
    response = strict.post(
        document.get_absolute_url(),
        {"once": once, "note": "宛先を誤ったため", "csrfmiddlewaretoken": "x" * 64},
    )
    assert response.status_code == 403
    assert "宛先を誤ったため" in response.content.decode()
    document.refresh_from_db()
    assert document.state == "issuing"


def test_an_unknown_document_is_404(client: StrictClient, officer: User) -> None:
    assert client.get(reverse("documents:document_detail", args=[uuid.uuid4()])).status_code == 404
