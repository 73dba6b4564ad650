"""One's own page and what can be changed there."""

import pytest
from django.core.exceptions import ValidationError

from portal.accounts import actions, queries
from portal.accounts.models import User
from portal.kernel import clock, ports
from portal.kernel.actors import JobActor
from portal.kernel.models import AuditEntry
from portal.kernel.ports import Panel
from portal.kernel.refusals import Refusal
from tests.factories.accounts import UserFactory, actor, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client) -> User:  # type: ignore[no-untyped-def]
    user: User = UserFactory(name="今井 航")
    client.force_login(user)
    return user


def once(client, path: str) -> str:  # type: ignore[no-untyped-def]
    key: str = client.get(path).context["form"]["once"].value()
    return key


@pytest.mark.parametrize("path", ["/me/", "/me/name/", "/me/adult/", "/me/sessions/"])
def test_visitors_are_sent_to_sign_in(client, path: str) -> None:  # type: ignore[no-untyped-def]
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/accounts/login/?next={path.replace('/', '%2F')}",
    )
    assert client.post(path, {}).status_code in {302, 405}


def test_own_page_names_the_person_and_the_posts(client) -> None:  # type: ignore[no-untyped-def]
    client.force_login(officer("ward_officer", "151050"))
    page = client.get("/me/").content.decode()
    assert "秋葉区" in page
    assert "区担当" in page
    assert "未設定" in page


def test_own_page_shows_what_other_floors_add(client, person, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    port: ports.Port[ports.Panels] = ports.Port("panels")
    monkeypatch.setattr(ports, "panels", port)
    assert "まだ参加しているところがありません" in client.get("/me/").content.decode()
    seen = []

    def panels(obj: object, scope: object) -> list[Panel]:
        seen.append((obj, scope))
        return [Panel(template="accounts/mail/totp_activated.subject.txt", order=1)]

    port.register("tests", panels)
    assert "まだ参加しているところがありません" not in client.get("/me/").content.decode()
    assert seen[0][0] == person
    assert seen[0][1].user_id == person.pk  # type: ignore[attr-defined]


def test_rename(client, person) -> None:  # type: ignore[no-untyped-def]
    answer = client.post("/me/name/", {"name": "髙橋 航", "once": once(client, "/me/name/")})
    assert (answer.status_code, answer["Location"]) == (303, "/me/")
    person.refresh_from_db()
    assert person.name == "髙橋 航"
    entry = AuditEntry.objects.get(event="accounts.user.renamed", target_id=str(person.pk))
    assert entry.data == {}


@pytest.mark.parametrize("name", ["", " ", "あ" * 41, "今\x01井", "今\u202e井"])
def test_rename_refuses_with_422_and_keeps_what_was_typed(client, person, name: str) -> None:  # type: ignore[no-untyped-def]
    answer = client.post("/me/name/", {"name": name, "once": once(client, "/me/name/")})
    assert answer.status_code == 422
    assert answer.context["form"]["name"].value() == name
    person.refresh_from_db()
    assert person.name == "今井 航"


def test_the_same_form_again_leads_to_the_same_place_and_is_recorded_once(client, person) -> None:  # type: ignore[no-untyped-def]
    sent = {"name": "髙橋 航", "once": once(client, "/me/name/")}
    assert [client.post("/me/name/", sent).status_code for _ in range(2)] == [303, 303]
    assert AuditEntry.objects.filter(event="accounts.user.renamed").count() == 1


def test_a_minor_who_turned_18_says_so_once(client) -> None:  # type: ignore[no-untyped-def]
    teen = UserFactory(age_group="teen")
    client.force_login(teen)
    assert "18歳になりました" in client.get("/me/").content.decode()
    assert client.post("/me/adult/", {"once": once(client, "/me/adult/")}).status_code == 303
    teen.refresh_from_db()
    assert (teen.is_minor, teen.adult_confirmed_on) == (False, clock.today_jst())
    assert client.post("/me/adult/", {"once": once(client, "/me/adult/")}).status_code == 303
    assert (
        AuditEntry.objects.filter(event="accounts.user.confirmed_adult", target_id=str(teen.pk)).count() == 1
    )


def test_only_oneself_renames_and_comes_of_age() -> None:
    teen, other = UserFactory(age_group="teen"), actor(UserFactory())
    with pytest.raises(Refusal, match="本人だけ"):
        actions.confirm_adult(by=other, user=teen)
    with pytest.raises(Refusal, match="本人だけ"):
        actions.rename(by=other, user=teen, name="別の名")
    with pytest.raises(ValidationError):
        actions.rename(by=actor(teen), user=teen, name="改\n行")


def test_create_user_refuses_a_taken_address() -> None:
    known = UserFactory()
    with pytest.raises(Refusal, match="すでに登録されています"):
        actions.create_user(by=JobActor("tests"), email=known.email.upper(), name="試験 二郎")


def test_personal_data_tells_everything_accounts_hold() -> None:
    person = officer("ward_officer", "151050")
    told = queries.personal_data(person.pk)
    assert set(told) == {"アカウント", "役職"}
    assert told["アカウント"][0]["メールアドレス"] == person.email
    assert told["役職"][0]["場所"] == "秋葉区"
    columns = {field.name for field in User._meta.concrete_fields}
    assert columns - {"id", "password", "is_superuser", "is_active"} == {
        "created_at",
        "last_login",
        "email",
        "name",
        "age_group",
        "adult_confirmed_on",
        "consented_at",
    }
    assert len(told["アカウント"][0]) == 8  # and the day the app was set up
