"""Actor, scope and doors of a request; the administrators' site."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from portal.accounts.decorators import signed_in, staff_required
from portal.accounts.enums import Role
from portal.accounts.middleware import ActorMiddleware
from portal.areas.site import authority_of
from portal.kernel.actors import UserActor, VisitorActor
from portal.kernel.models import AuditEntry
from tests.factories.accounts import UserFactory, officer
from tests.factories.areas import authority

pytestmark = pytest.mark.django_db


def asked(rf, client, method: str = "GET", path: str = "/x/") -> HttpRequest:  # type: ignore[no-untyped-def]
    """A request as the middleware hands it on."""
    request = rf.generic(method, path)
    request.session = client.session
    request.user = client.user if hasattr(client, "user") else _anonymous()
    return ActorMiddleware(lambda passed: passed)(request)  # type: ignore[return-value,arg-type]


def _anonymous():  # type: ignore[no-untyped-def]
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


def signed(client: Client, user):  # type: ignore[no-untyped-def]
    client.force_login(user)
    client.user = user  # type: ignore[attr-defined]
    return client


def test_actor_is_a_plain_object_made_once(rf, client) -> None:  # type: ignore[no-untyped-def]
    person = UserFactory()
    request = asked(rf, signed(client, person))
    assert type(request.actor) is UserActor  # type: ignore[attr-defined]
    assert request.actor is request.actor  # type: ignore[attr-defined]
    assert request.actor.ref == f"user:{person.pk}"  # type: ignore[attr-defined]
    assert request.scope is request.scope  # type: ignore[attr-defined]
    assert request.scope.user_id == person.pk  # type: ignore[attr-defined]


def test_nothing_is_worked_out_unasked(rf, client, assert_queries) -> None:  # type: ignore[no-untyped-def]
    signed(client, officer("ward_officer", "151050"))
    with assert_queries(0):
        asked(rf, client)


def test_a_visitor_gets_a_session_with_the_first_write_and_not_before(rf) -> None:  # type: ignore[no-untyped-def]
    reader = asked(rf, Client())
    assert type(reader.actor) is VisitorActor  # type: ignore[attr-defined]
    writer = asked(rf, Client(), "POST")
    assert writer.session.session_key is not None
    assert writer.actor.ref != "visitor:none"  # type: ignore[attr-defined]
    assert writer.session.session_key not in writer.actor.ref  # type: ignore[attr-defined]


def test_staff_required_can_be_written_with_and_without_roles(rf, client) -> None:  # type: ignore[no-untyped-def]
    @staff_required
    def any_post(request: HttpRequest) -> HttpResponse:
        return HttpResponse(authority_of(request).name)

    @staff_required(Role.CITY_CHIEF)
    def chiefs(request: HttpRequest) -> HttpResponse:
        return HttpResponse("chief")

    from django.http import Http404

    request = asked(rf, signed(client, officer("municipal_officer", "462039")))
    assert any_post(request).content.decode() == "鹿屋市"
    with pytest.raises(Http404):
        chiefs(request)
    assert chiefs.staff_roles == (Role.CITY_CHIEF,)


def test_the_page_of_a_ward_officer_speaks_for_the_city(rf, client) -> None:  # type: ignore[no-untyped-def]
    view = staff_required(lambda request: HttpResponse(authority_of(request).name))
    assert view(asked(rf, signed(client, officer("ward_officer", "151050")))).content.decode() == "新潟市"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_doors_send_visitors_to_sign_in_and_back(rf, method: str) -> None:  # type: ignore[no-untyped-def]
    for door in (signed_in, staff_required):
        answer = door(lambda request: HttpResponse("in"))(asked(rf, Client(), method, "/staff/x/?page=2"))
        assert answer["Location"] == "/accounts/login/?next=%2Fstaff%2Fx%2F%3Fpage%3D2"


# --- the administrators' site ---------------------------------------------------------------------------------------


def test_visitors_of_the_administrators_site_meet_our_own_sign_in(client) -> None:  # type: ignore[no-untyped-def]
    answer = client.get("/admin/", follow=True)
    assert answer.request["PATH_INFO"] == "/accounts/login/"
    assert 'type="password"' not in answer.content.decode()


@pytest.mark.parametrize(("role", "code"), [("city_chief", "151009"), ("prefecture_head", "460001")])
def test_other_appointments_find_nothing_there(client, role: str, code: str) -> None:  # type: ignore[no-untyped-def]
    client.force_login(officer(role, code))
    assert client.get("/admin/", follow=True).status_code == 404
    assert client.get("/admin/areas/authority/", follow=True).status_code == 404


def test_system_administrators_see_settings_and_no_cases(client) -> None:  # type: ignore[no-untyped-def]
    client.force_login(officer("system_admin"))
    page = client.get("/admin/").content.decode()
    models = {"/admin/areas/authority/", "/admin/areas/section/", "/admin/accounts/user/"}
    assert all(address in page for address in models)
    assert page.count('class="model-') == len(models)
    for address in models:
        assert client.get(address).status_code == 200
    assert client.get("/admin/accounts/user/add/").status_code == 403
    assert client.get("/admin/mfa/authenticator/").status_code == 403


def test_the_administrators_site_knows_no_passwords(client) -> None:  # type: ignore[no-untyped-def]
    client.force_login(officer("system_admin"))
    for path in ("/admin/password_change/", "/admin/password_change/done/"):
        assert client.get(path).status_code == 404
    assert client.post("/admin/logout/")["Location"] == "/accounts/logout/"


def test_the_administrators_site_waits_for_the_second_factor(client, settings) -> None:  # type: ignore[no-untyped-def]
    settings.MFA_REQUIRED_FOR_APPOINTMENTS = True
    client.force_login(officer("system_admin"))
    assert client.get("/admin/", follow=True).request["PATH_INFO"] == "/accounts/2fa/totp/activate/"


def test_changing_a_government_there_is_recorded(client) -> None:  # type: ignore[no-untyped-def]
    admin, kanoya = officer("system_admin"), authority("462039")
    client.force_login(admin)
    path = f"/admin/areas/authority/{kanoya.pk}/change/"
    form = client.get(path).context["adminform"].form
    sent = {name: form.initial.get(name) or "" for name in form.fields}
    answer = client.post(path, {**sent, "contact_phone": "0994-00-0000"})
    assert answer.status_code == 302, answer.context and answer.context["adminform"].form.errors
    kanoya.refresh_from_db()
    assert kanoya.contact_phone == "0994-00-0000"
    entry = AuditEntry.objects.get(event="areas.authority.changed")
    assert (entry.actor_ref, entry.data) == (f"user:{admin.pk}", {"fields": ["contact_phone"]})


# --- a form that was sent after the session ended -------------------------------------------------------------------


def test_what_was_typed_comes_back_and_only_from_a_form_of_ours() -> None:
    typed = {"name": "消えない <b>名前</b>", "once": "key"}
    told = Client().post("/me/name/", typed)
    assert told.status_code == 403
    assert "no-store" in told.headers["Cache-Control"]
    page = told.content.decode()
    assert "サインインが切れました" in page
    assert 'name="name" value="消えない &lt;b&gt;名前&lt;/b&gt;"' in page
    assert 'name="once" value="key"' in page
    foreign = Client(enforce_csrf_checks=True).post("/me/name/", typed)
    assert foreign.status_code == 403
    assert "消えない" not in foreign.content.decode()


def test_a_button_alone_and_a_script_are_led_to_sign_in() -> None:
    assert Client().post("/me/name/", {"once": "key"}).status_code == 302
    by_script = Client().post("/me/name/", {"name": "x"}, headers={"sec-fetch-mode": "cors"})
    assert by_script.status_code == 302
