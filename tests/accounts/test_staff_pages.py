"""The list of appointments at work: who gets in, giving and ending through the pages, and getting an app off."""

import pytest
from allauth.mfa.models import Authenticator

from portal.accounts.enums import Role
from portal.accounts.models import Appointment, User
from portal.kernel import clock
from portal.kernel.models import AuditEntry
from tests.factories.accounts import UserFactory, appointment, officer

from .mailbox import messages_to
from .steps import give_app

pytestmark = pytest.mark.django_db
LIST, NEW = "/staff/accounts/", "/staff/accounts/new/"
FORM = {
    "email": "new@example.test",
    "name": "佐藤 新",
    "role": "ward_officer",
    "area": "151050",
    "starts_on": "令和8年11月1日",
}


@pytest.fixture
def city(client) -> User:  # type: ignore[no-untyped-def]
    user = officer("city_officer", "151009")
    client.force_login(user)
    return user


@pytest.fixture
def admin(client) -> User:  # type: ignore[no-untyped-def]
    user = officer("system_admin")
    client.force_login(user)
    return user


def post(client, path: str, values: dict[str, str] | None = None):  # type: ignore[no-untyped-def]
    key = client.get(path).context["form"]["once"].value()
    return client.post(path, {**(values or {}), "once": key})


STANDINGS = [(role, "151009") for role in (Role.CITY_CHIEF, Role.CITY_FINANCE, Role.ACCOUNTANT, Role.AUDITOR)]
STANDINGS += [
    (Role.WARD_OFFICER, "151050"),
    (Role.MUNICIPAL_CHIEF, "462039"),
    (Role.PREFECTURE_HEAD, "460001"),
]


@pytest.mark.parametrize(("role", "code"), STANDINGS)
def test_other_appointments_find_nothing_here(client, role: str, code: str) -> None:  # type: ignore[no-untyped-def]
    row = appointment(UserFactory(), role, code)
    client.force_login(row.user)
    for path in (LIST, NEW, f"{LIST}{row.pk}/", f"{LIST}{row.pk}/end/", f"{LIST}{row.pk}/second-factor/"):
        assert client.get(path).status_code == 404, path
        assert client.post(path, {}).status_code in {404, 405}, path


def test_residents_find_nothing_and_visitors_sign_in(client) -> None:  # type: ignore[no-untyped-def]
    assert client.get(LIST)["Location"] == "/accounts/login/?next=%2Fstaff%2Faccounts%2F"
    client.force_login(UserFactory())
    assert client.get(LIST).status_code == 404


def test_an_ended_term_opens_nothing(client) -> None:  # type: ignore[no-untyped-def]
    client.force_login(officer("city_officer", "151009", ends_on=clock.today_jst().replace(year=2021)))
    assert client.get(LIST).status_code == 404


def test_the_list_shows_the_city_and_keeps_other_governments_out(client, city) -> None:  # type: ignore[no-untyped-def]
    inside = appointment(UserFactory(name="秋葉 太郎"), Role.WARD_OFFICER, "151050")
    outside = appointment(UserFactory(name="鹿屋 花子"), Role.MUNICIPAL_OFFICER, "462039")
    page = client.get(LIST).content.decode()
    assert "秋葉 太郎" in page
    assert "鹿屋 花子" not in page
    assert client.get(f"{LIST}{inside.pk}/").status_code == 200
    for path in (f"{LIST}{outside.pk}/", f"{LIST}{outside.pk}/end/"):
        assert client.get(path).status_code == 404


def test_ended_terms_have_their_own_list(client, city) -> None:  # type: ignore[no-untyped-def]
    gone = UserFactory(name="退任 次郎")
    appointment(gone, Role.WARD_OFFICER, "151050", ends_on=clock.today_jst().replace(year=2021))
    assert "退任 次郎" not in client.get(LIST).content.decode()
    assert "退任 次郎" in client.get(f"{LIST}?ended=1").content.decode()


def test_an_empty_list_says_what_to_do(client, city) -> None:  # type: ignore[no-untyped-def]
    assert "終わった役職はありません" in client.get(f"{LIST}?ended=1").content.decode()


def test_long_lists_are_paged(client, city) -> None:  # type: ignore[no-untyped-def]
    for _ in range(24):
        appointment(UserFactory(), Role.WARD_OFFICER, "151050")
    first = client.get(LIST)
    assert len(first.context["page"].items) == 20
    second = client.get(f"{LIST}{first.context['page'].next_url.removeprefix(LIST)}")
    assert len(second.context["page"].items) == 5
    names = [row.pk for page in (first, second) for row in page.context["page"].items]
    assert len(set(names)) == 25


def test_giving_an_appointment_through_the_page(client, city) -> None:  # type: ignore[no-untyped-def]
    answer = post(client, NEW, FORM)
    row = Appointment.objects.get(user__email="new@example.test")
    assert (answer.status_code, answer["Location"]) == (303, f"{LIST}{row.pk}/")
    assert (row.role, row.area_id, str(row.starts_on), row.ends_on) == (
        "ward_officer",
        "151050",
        "2026-11-01",
        None,
    )
    page = client.get(answer["Location"]).content.decode()
    assert "佐藤 新" in page
    assert "区担当にしました" in page
    assert [message.template for message in messages_to("new@example.test")] == ["accounts/mail/appointed"]


@pytest.mark.parametrize(
    ("changed", "status", "message"),
    [
        ({"role": "city_chief"}, 422, "並んでいるものから選んで"),
        ({"area": "462039"}, 422, "並んでいるものから選んで"),
        ({"area": ""}, 422, "地域を選んでください"),
        ({"area": "151009"}, 409, "選んだ地域には置けません"),
        ({"name": ""}, 409, "氏名を入力"),
        ({"starts_on": "昨日"}, 422, ""),
        ({"starts_on": ""}, 422, ""),
        ({"starts_on": "令和8年2月30日"}, 422, ""),
        ({"ends_on": "令和8年10月31日"}, 409, "始まる日より前"),
        ({"email": "x"}, 422, "メールアドレスの形"),
        ({"section": "00000000-0000-4000-8000-000000000000"}, 422, "並んでいるものから選んで"),
        ({"name": "佐\x00藤"}, 422, ""),
    ],
)
def test_what_does_not_fit_is_refused_with_everything_kept(  # type: ignore[no-untyped-def]
    client, city, changed: dict[str, str], status: int, message: str
) -> None:
    answer = post(client, NEW, {**FORM, **changed})
    page = answer.content.decode()
    assert answer.status_code == status
    assert message in page
    assert 'id="errors"' in page
    assert {**FORM, **changed}["email"] in page
    assert not User.objects.filter(email="new@example.test").exists()


def test_ending_through_the_page(client, city) -> None:  # type: ignore[no-untyped-def]
    row = appointment(UserFactory(), Role.WARD_OFFICER, "151050")
    answer = post(client, f"{LIST}{row.pk}/end/", {"ends_on": "2027-03-31"})
    assert (answer.status_code, answer["Location"]) == (303, f"{LIST}{row.pk}/")
    page = client.get(answer["Location"]).content.decode()
    assert "令和9年3月31日" in page


def test_what_one_may_not_end_says_why_and_403(client, city) -> None:  # type: ignore[no-untyped-def]
    row = appointment(UserFactory(), Role.CITY_CHIEF, "151009")
    assert "市担当だけが終了できます" in client.get(f"{LIST}{row.pk}/").content.decode()
    assert client.get(f"{LIST}{row.pk}/end/").status_code == 403
    own = city.appointments.get()
    assert client.get(f"{LIST}{own.pk}/end/").status_code == 403


def test_a_chief_without_successor_is_refused_with_409(client, admin) -> None:  # type: ignore[no-untyped-def]
    row = appointment(UserFactory(), Role.CITY_CHIEF, "151009")
    answer = post(client, f"{LIST}{row.pk}/end/", {"ends_on": "2027-03-31"})
    assert answer.status_code == 409
    assert "後任か職務代理" in answer.content.decode()
    row.refresh_from_db()
    assert row.ends_on is None


def test_an_end_in_another_age_is_refused_with_422(client, admin) -> None:  # type: ignore[no-untyped-def]
    row = appointment(UserFactory(), Role.CITY_CHIEF, "151009")
    answer = post(client, f"{LIST}{row.pk}/end/", {"ends_on": "9999-12-31"})
    assert answer.status_code == 422
    assert "2100年まで" in answer.content.decode()


def test_the_system_administrator_takes_off_a_lost_app(client, admin) -> None:  # type: ignore[no-untyped-def]
    row = appointment(UserFactory(), Role.WARD_OFFICER, "151050")
    give_app(row.user)
    stamp = row.user.password
    assert "二段階認証を解除する" in client.get(f"{LIST}{row.pk}/").content.decode()
    assert post(client, f"{LIST}{row.pk}/second-factor/").status_code == 303
    assert not Authenticator.objects.filter(user=row.user).exists()
    row.user.refresh_from_db()
    assert row.user.password != stamp
    assert AuditEntry.objects.filter(
        event="accounts.user.second_factor_reset", target_id=str(row.user_id)
    ).exists()
    assert messages_to(row.user.email)[-1].template == "accounts/mail/second_factor_reset"
    assert post(client, f"{LIST}{row.pk}/second-factor/").status_code == 409


def test_a_city_officer_does_not_take_off_apps(client, city) -> None:  # type: ignore[no-untyped-def]
    row = appointment(UserFactory(), Role.WARD_OFFICER, "151050")
    give_app(row.user)
    assert client.get(f"{LIST}{row.pk}/second-factor/").status_code == 404
    assert "二段階認証を解除する" not in client.get(f"{LIST}{row.pk}/").content.decode()
