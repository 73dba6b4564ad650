"""Who gets the file: whoever sees the case, through the one rule of its owner, on list, page and file alike."""

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse

from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.areas.models import Authority
from portal.documents import queries
from portal.documents.models import Document
from portal.kernel import clock
from tests.factories.accounts import UserFactory, actor, appointment
from tests.factories.documents import issued, with_bytes
from tests.support.html import assert_html
from tests.support.strict import StrictClient

from .kind import KEY

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 the paper"


def officer(role: Role, area: str, **period: date | None) -> User:
    user = UserFactory()
    appointment(user, role, area, **{"starts_on": clock.today_jst() - timedelta(days=60), **period})
    return user


@pytest.fixture
def owner() -> User:
    return UserFactory()


@pytest.fixture
def document(city: Authority, owner: User) -> Document:
    return with_bytes(issued(KEY, owner, authority=city), CONTENT)


PEOPLE: list[tuple[str, Callable[[User], User], int, int]] = [
    # who, their account, answer of the file, answer of the staff page
    ("the owner of the case", lambda owner: owner, 200, 404),
    ("another resident", lambda owner: UserFactory(), 404, 404),
    ("an officer of the city", lambda owner: officer(Role.CITY_OFFICER, "151009"), 200, 200),
    ("an officer of a ward only", lambda owner: officer(Role.WARD_OFFICER, "151050"), 404, 404),
    ("an officer elsewhere", lambda owner: officer(Role.MUNICIPAL_OFFICER, "462039"), 404, 404),
    (
        "an officer whose term ended",
        lambda owner: officer(Role.CITY_OFFICER, "151009", ends_on=clock.today_jst() - timedelta(days=1)),
        404,
        404,
    ),
]


@pytest.mark.parametrize(
    ("who", "person", "file_status", "page_status"), PEOPLE, ids=[row[0] for row in PEOPLE]
)
def test_file_and_page_follow_the_case(
    client: StrictClient,
    document: Document,
    owner: User,
    who: str,
    person: Callable[[User], User],
    file_status: int,
    page_status: int,
) -> None:
    user = person(owner)
    client.force_login(user)
    assert client.get(document.get_file_url()).status_code == file_status
    assert client.get(document.get_absolute_url()).status_code == page_status
    on_list = document.check_number in client.get(reverse("documents:document_list")).content.decode()
    assert on_list == (page_status == 200)
    assert queries.visible_to(Scope.of(actor(user))).filter(pk=document.pk).exists() == (file_status == 200)


@pytest.mark.parametrize("address", ["documents:file", "documents:document_detail"])
def test_a_visitor_is_asked_to_sign_in_whether_the_document_exists_or_not(
    client: StrictClient, document: Document, address: str
) -> None:
    for pk in (document.pk, "00000000-0000-4000-8000-000000000000"):
        response = client.get(reverse(address, args=[pk]))
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("account_login"))


def test_documents_of_an_unknown_kind_are_seen_by_nobody(document: Document, owner: User) -> None:
    from portal.kernel.ports import document_kinds

    from .kind import KIND

    document_kinds._entries.pop(KEY)
    try:
        assert not queries.visible_to(Scope.of(actor(owner))).filter(pk=document.pk).exists()
    finally:
        document_kinds.register(KEY, KIND)


def test_the_file_is_a_safe_attachment_with_its_japanese_name(
    client: StrictClient, document: Document, owner: User
) -> None:
    client.force_login(owner)
    response = client.get(document.get_file_url())
    assert b"".join(response.streaming_content) == CONTENT
    name = f"{document.check_number}_試験の届出.pdf"
    assert response.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(name)}"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_until_it_is_made_the_address_shows_準備中(
    client: StrictClient, city: Authority, owner: User
) -> None:
    document = issued(KEY, owner, authority=city)
    client.force_login(owner)
    response = client.get(document.get_file_url())
    page = response.content.decode()
    assert response.status_code == 200
    assert "準備" in page
    assert document.check_number in page
    assert response.headers["Cache-Control"] == "no-store"
    assert_html(response.content)


def test_the_file_takes_two_queries_besides_sign_in(
    client: StrictClient,
    document: Document,
    owner: User,
    assert_queries,  # type: ignore[no-untyped-def]
) -> None:
    client.force_login(owner)
    client.get(document.get_file_url())
    with assert_queries(
        6
    ):  # session, user, Scope (2); its kind; by the rule of that kind the document with its file
        client.get(document.get_file_url())


def test_head_and_other_methods(client: StrictClient, document: Document, owner: User) -> None:
    client.force_login(owner)
    assert client.head(document.get_file_url()).status_code == 200
    assert client.post(document.get_file_url()).status_code == 405
