"""決裁 by 部署 and by person: 合議 of another section, its 代決, nobody twice, to-dos and mails for exactly who can sign."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from grants import actions
from grants.enums import Keeping
from grants.models import Approval, Menu
from grants.queries import approving, signers
from portal.accounts.models import User
from portal.areas.models import Section
from portal.kernel import clock as the_clock
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA, SectionFactory
from tests.factories.deciding import deciding, open_approval, reviewing
from tests.factories.grants import Town
from tests.support.html import assert_html

from .pages import form_of, send, text_of

CHIEF, HEAD = "prefecture_section_chief", "prefecture_head"


@pytest.fixture
def finance(town: Town) -> Section:
    made: Section = SectionFactory(authority=town.office.authority, name="財政課")
    return made


@pytest.fixture
def chief(town: Town) -> User:
    """県課長 of the line: without a 部署."""
    return officer(CHIEF, KAGOSHIMA)


@pytest.fixture
def treasurer(finance: Section) -> User:
    return officer(CHIEF, KAGOSHIMA, section=finance)


@pytest.fixture
def head(town: Town) -> User:
    return officer(HEAD, KAGOSHIMA)


@pytest.fixture
def approval(town: Town, finance: Section, chief: User, treasurer: User, head: User) -> Approval:
    """A 交付決定 that waits for the line's 課長, then 財政課 (合議), then 部長."""
    case = reviewing(town)
    steps = [
        {"role": CHIEF, "section": "", "title": "くらし共生協働課長", "kind": "approve"},
        {"role": CHIEF, "section": str(finance.pk), "title": "財政課長", "kind": "consent"},
        {"role": HEAD, "section": "", "title": "総務部長", "kind": "approve"},
    ]
    values = {"approval": Keeping.PORTAL, "numbering": Keeping.PORTAL, "approval_steps": steps}
    Menu.objects.filter(pk=case.menu_id).update(**values)
    case.menu.refresh_from_db()
    return fresh(open_approval(deciding(town, case)))


def fresh(approval: Approval) -> Approval:
    return approving.with_case(Approval.objects.all()).get(pk=approval.pk)


def sign(user: User, approval: Approval, **more: Any) -> Approval:
    return actions.sign_approval(by=actor(user), approval=approval, **more)


def on_desk(client: Client, user: User, approval: Approval) -> bool:
    client.force_login(user)
    return f"{approval.title}を決裁する" in text_of(client.get("/staff/"))


def mailed() -> list[str]:
    rows = OutboxMessage.objects.filter(template="grants/mail/approval_due")
    return sorted(rows.values_list("to_address", flat=True))


def stand_in(holder: User, deputy: User, role: str = CHIEF) -> None:
    today = the_clock.today_jst()
    authority = Menu.objects.select_related("programme__authority").get(number=3, programme__fiscal_year=2026)
    actions.name_deputy(
        by=actor(holder), authority=authority.programme.authority, role=role, deputy=deputy, starts_on=today,
        ends_on=today + timedelta(days=2),
    )  # fmt: skip


def test_each_signs_the_step_of_the_own_section_and_no_other(
    client: Client, approval: Approval, finance: Section, chief: User, treasurer: User, head: User
) -> None:
    with pytest.raises(PermissionDenied, match="くらし共生協働課長"):
        sign(treasurer, approval)  # the line's own step is not that of the 部署 that is asked
    assert [on_desk(client, user, approval) for user in (chief, treasurer, head)] == [True, False, False]
    assert mailed() == [chief.email]
    sign(chief, approval)
    with pytest.raises(PermissionDenied, match="財政課 財政課長」の合議"):
        sign(officer(CHIEF, KAGOSHIMA), approval)  # another 課長 of the line
    assert [on_desk(client, user, approval) for user in (chief, treasurer, head)] == [False, True, False]
    assert mailed() == sorted([chief.email, treasurer.email])
    with pytest.raises(PermissionDenied, match="合議"):
        actions.send_back_approval(by=actor(head), approval=approval, note="まだです。")
    sign(treasurer, approval)
    sign(head, approval)
    assert approval.state == "signed"
    assert mailed() == sorted([chief.email, treasurer.email, head.email])
    assert [step.signed_by for step in approval.steps.all()] == [chief, treasurer, head]


def test_nobody_signs_two_steps_whatever_roles_one_holds(
    client: Client, approval: Approval, finance: Section, chief: User
) -> None:
    for more in ({"role": CHIEF, "section": finance}, {"role": HEAD}):
        officer(more.pop("role"), KAGOSHIMA, user=chief, **more)  # type: ignore[arg-type]
    sign(chief, approval)
    with pytest.raises(PermissionDenied, match="一人で二つの順"):
        sign(chief, approval)
    with pytest.raises(PermissionDenied, match="一人で二つの順"):
        actions.send_back_approval(by=actor(chief), approval=approval, note="直す。")
    assert not on_desk(client, chief, approval)
    page = client.get(approval.get_absolute_url())
    assert "一人で二つの順は押せません" in text_of(page)
    assert chief.email not in mailed()[1:]


def test_a_deputy_of_the_section_signs_its_step_and_one_of_elsewhere_does_not(
    client: Client, approval: Approval, finance: Section, chief: User, treasurer: User
) -> None:
    inside = officer("prefecture_officer", KAGOSHIMA, section=finance)
    outside = officer("prefecture_officer", KAGOSHIMA)
    stand_in(treasurer, inside)
    stand_in(treasurer, outside)
    sign(chief, approval)
    assert mailed() == sorted([chief.email, treasurer.email, inside.email])
    assert [on_desk(client, user, approval) for user in (inside, outside)] == [True, False]
    with pytest.raises(PermissionDenied, match="合議"):
        sign(outside, approval)
    sign(inside, approval)
    step = approval.steps.get(position=2)
    assert (step.deputised, step.owes_view) == (True, True)
    client.force_login(chief)
    assert "の代決を後閲する" not in text_of(client.get("/staff/"))
    with pytest.raises(Refusal, match="後閲"):
        actions.view_deputised(by=actor(chief), approval=approval)
    client.force_login(treasurer)
    assert f"{approval.title}の代決を後閲する" in text_of(client.get("/staff/"))
    actions.view_deputised(by=actor(treasurer), approval=approval)
    assert approval.steps.get(position=2).seen_by == treasurer


def test_who_signed_is_not_signed_for_and_the_drafter_by_no_deputy(
    client: Client, approval: Approval, town: Town, chief: User, head: User
) -> None:
    """A holder of two roles who signed once cannot have a deputy sign the other for them."""
    officer(HEAD, KAGOSHIMA, user=chief)
    head.appointments.update(ends_on=the_clock.today_jst() - timedelta(days=1))
    colleague = officer("prefecture_officer", KAGOSHIMA)
    stand_in(chief, colleague, HEAD)
    assert colleague in names(approval, 3)
    sign(chief, approval)
    assert colleague not in names(fresh(approval), 3)
    Approval.objects.filter(pk=approval.pk).update(drafted_by=chief)
    approval.steps.filter(position=1).update(signed_by=town.prefecture_user)
    approval.steps.filter(position=2).update(signed_by=town.chief_user, signed_at=the_clock.now())
    waiting = fresh(approval)
    assert not signers.signer(waiting, waiting.steps.all()[2], actor(colleague))
    assert not on_desk(client, colleague, approval)
    assert names(waiting, 3) == []


def names(approval: Approval, position: int) -> list[User]:
    step = next(row for row in approval.steps.all() if row.position == position)
    return [user for user, _ in signers.people(approval, [step])[step.pk]]


def test_the_page_names_section_post_and_person_of_each_step(
    client: Client, approval: Approval, chief: User, treasurer: User, head: User
) -> None:
    client.force_login(chief)
    page = client.get(approval.get_absolute_url())
    assert_html(page.content)
    shown = text_of(page)
    for words in (
        f"押せる人 {chief.name}",
        "財政課 財政課長",
        f"押せる人 {treasurer.name}",
        "合議",
        "いまの番",
    ):
        assert words in shown
    treasurer.appointments.update(ends_on=the_clock.today_jst() - timedelta(days=1))
    assert "押せる人がいません" in text_of(client.get(approval.get_absolute_url()))


def test_a_page_that_was_open_signs_its_own_step_or_says_who_was_first(
    client: Client, approval: Approval, chief: User, treasurer: User
) -> None:
    """Two 課長 of the line open the same step; the second must not sign the next one by it."""
    other = officer(CHIEF, KAGOSHIMA)
    client.force_login(other)
    address = approval.get_absolute_url()
    opened = form_of(client.get(address), action=f"{address}sign/")
    sign(chief, approval, position=1)
    late = client.post(f"{address}sign/", opened)
    assert late.status_code == 409
    assert f"もう{chief.name}さんが押しました" in text_of(late)
    client.force_login(treasurer)
    assert send(client, address, action=f"{address}sign/").status_code == 303
    assert [step.signed_by for step in approval.steps.all()][:2] == [chief, treasurer]
