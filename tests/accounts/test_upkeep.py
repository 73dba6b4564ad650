"""What keeps accounts in order: the first administrator, sign-ups never confirmed, the demo's door."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.http import Http404
from django.test import Client, RequestFactory

from portal.accounts import actions, tasks
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel import clock
from portal.kernel.models import AuditEntry
from tests.factories.accounts import UserFactory, actor

from .mailbox import code_for, messages_to
from .steps import CONFIRM, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(settings) -> None:  # type: ignore[no-untyped-def]
    settings.ENTRANCE_SECONDS = 0


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("appoint_system_admin", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_administrator_is_made_by_command_once() -> None:
    assert (
        run("First@example.test", "--name", "管理 一")
        == "appoint_system_admin: 管理 一をシステム管理者にしました\n"
    )
    assert run("first@example.test") == "appoint_system_admin: すでにシステム管理者です\n"
    person = User.objects.get(email="first@example.test")
    assert Scope.of(actor(person)).roles == {Role.SYSTEM_ADMIN}
    assert [row.template for row in messages_to(person.email)] == ["accounts/mail/appointed"]


def test_the_command_says_what_is_missing() -> None:
    with pytest.raises(CommandError, match="氏名を入力してください"):
        run("first@example.test")
    with pytest.raises(CommandError, match="メールアドレス"):
        run("first", "--name", "管理 一")
    with pytest.raises(CommandError, match="18歳以上"):
        run(UserFactory(age_group="teen").email)
    assert not User.objects.filter(email__startswith="first").exists()


def test_sign_ups_never_confirmed_go_after_a_week_and_nothing_else_does(client) -> None:  # type: ignore[no-untyped-def]
    sign_up(Client(), "never@example.test")
    sign_up(client, "came@example.test")
    client.post(CONFIRM, {"code": code_for("came@example.test")})
    made_by_staff = UserFactory(verified=False)
    tasks.discard_unconfirmed()
    assert User.objects.count() == 3
    gone = User.objects.get(email="never@example.test").pk
    with clock.at(clock.now() + timedelta(days=8)):
        sign_up(Client(), "fresh@example.test")
        tasks.discard_unconfirmed()
    left = set(User.objects.values_list("email", flat=True))
    assert left == {"came@example.test", "fresh@example.test", made_by_staff.email}
    assert AuditEntry.objects.filter(event="accounts.user.discarded", target_id=str(gone)).exists()


def test_an_address_is_free_again_after_that() -> None:
    sign_up(Client(), "again@example.test", name="一人目")
    with clock.at(clock.now() + timedelta(days=8)):
        tasks.discard_unconfirmed()
    sign_up(Client(), "again@example.test", name="二人目")
    assert User.objects.get(email="again@example.test").name == "二人目"


def test_sign_in_without_a_code_is_for_the_demo_only(settings, client) -> None:  # type: ignore[no-untyped-def]
    person = UserFactory(verified=False)
    request = RequestFactory().post("/demo/")
    request.session = client.session
    settings.DEMO = False
    with pytest.raises(Http404):
        actions.sign_in_demo(request, person)
    assert "_auth_user_id" not in request.session
    assert not person.emailaddress_set.get().verified
    settings.DEMO = True
    actions.sign_in_demo(request, person)
    assert request.session["_auth_user_id"] == str(person.pk)
    assert person.emailaddress_set.get().verified
    assert AuditEntry.objects.get(event="accounts.user.signed_in").data == {"methods": ["demo"]}
