"""Calls of ① and ②: announced by an officer, kept to the second, extended, let in late, told, shown; without one, all year."""

from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from grants import actions
from grants.models import Call, Menu
from grants.relief import actions as relief
from grants.reminding import sweeping
from grants.workshop.actions import cases
from portal.accounts.enums import Role
from portal.kernel import clock as kernel_clock
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories import dispatch, workshop
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import Town
from tests.factories.relief import admission
from tests.support.world import ClockFile

from .pages import send, text_of
from .test_constraints import change, refuses

OPEN, CLOSES = date(2026, 11, 1), date(2026, 12, 1)
LAST_SECOND, TOO_LATE = "2026-12-01T17:00:59+09:00", "2026-12-01T17:01:00+09:00"
KINDS = [
    pytest.param(dispatch.menu, dispatch.draft, actions.submit_dispatch, "dispatch", id="dispatch"),
    pytest.param(workshop.menu, workshop.draft, cases.submit_workshop, "workshop", id="workshop"),
]
both = pytest.mark.parametrize(("menu", "draft", "submit", "name"), KINDS)


def announce(menu: Menu, by: Any = None, **changed: Any) -> Call:
    """A call of the menu, announced by an officer."""
    values: dict[str, Any] = {
        "title": "第1次受付", "opens_on": OPEN, "closes_on": CLOSES, "closes_time": time(17),
        "shift": "next_business_day", "arrival": "arrive",
    }  # fmt: skip
    by = by or actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA))
    return actions.save_call(by=by, menu=menu, **values | changed)


@both
def test_a_call_is_kept_to_the_second(
    menu: Any, draft: Any, submit: Any, name: str, town: Town, clock: ClockFile
) -> None:
    made = draft(town)
    announce(menu())
    clock.set(TOO_LATE)
    with pytest.raises(
        Refusal, match=r"第1次受付の締切\(.*17時必着.*\)を過ぎました.*書いた内容は残っています"
    ):
        submit(by=town.chief, **{name: made})
    clock.set(LAST_SECOND)
    sent = submit(by=town.chief, **{name: made})
    assert (sent.version, sent.submitted_at) == (1, kernel_clock.now())


@both
def test_before_it_opens_it_says_from_when(menu: Any, draft: Any, submit: Any, name: str, town: Town) -> None:
    made = draft(town)
    announce(menu(), opens_on=date(2026, 11, 28))
    with pytest.raises(Refusal, match="第1次受付は、令和8年11月28日から受け付けます"):
        submit(by=town.chief, **{name: made})
    assert draft(town).state == "draft", "what is sent later can be begun now"


@both
def test_after_the_last_call_nothing_is_begun_until_another_is_announced(
    menu: Any, draft: Any, submit: Any, name: str, town: Town, clock: ClockFile
) -> None:
    announce(menu())
    clock.set(TOO_LATE)
    with pytest.raises(Refusal, match="次の募集は、決まると") as refused:
        draft(town)
    assert refused.value.field == "menu"
    announce(menu(), title="追加の受付", opens_on=date(2026, 12, 1), closes_on=date(2026, 12, 25))
    assert submit(by=town.chief, **{name: draft(town)}).version == 1


@both
def test_what_came_back_is_sent_again_after_the_deadline(
    menu: Any, draft: Any, submit: Any, name: str, town: Town, clock: ClockFile
) -> None:
    announce(menu())
    made = submit(by=town.chief, **{name: draft(town)})
    back = actions.return_dispatch if name == "dispatch" else cases.return_workshop
    back(by=town.prefecture, note="日時を直してください。", **{name: made})
    clock.set("2026-12-01T18:00:00+09:00")
    assert submit(by=town.chief, **{name: made}).version == 2


@both
def test_extended_for_all_and_accepted_for_one(
    menu: Any, draft: Any, submit: Any, name: str, town: Town, clock: ClockFile, client: Client
) -> None:
    made, call, chief = draft(town), announce(menu()), town.chief_user
    clock.set(TOO_LATE)
    days = {"received_on": CLOSES, "due_on": date(2026, 12, 2)}
    let = relief.admit(
        by=town.prefecture, call=call, municipality=town.area, kind="late", reason="停電のため", **days
    )
    told = OutboxMessage.objects.filter(template="grants/mail/admission_judged", about_id=let.pk)
    assert f"/grants/{name}" in told.filter(to_address=chief.email).get().body
    client.force_login(town.officer_user)
    assert "市町村の職員として" in text_of(client.get(menu().get_absolute_url()))
    assert submit(by=town.chief, **{name: made}).version == 1
    let.refresh_from_db()
    assert getattr(let, name) == made
    assert "収受日 <b>令和8年12月1日</b>" in text_of(client.get(made.get_absolute_url()))
    assert "市町村の職員として" not in text_of(client.get(menu().get_absolute_url()))
    with pytest.raises(Refusal, match="過ぎました"):
        draft(town)
    with pytest.raises(Refusal, match="ほかの申請に使われました"):
        relief.bind(by=town.chief, admission=let, application=type(made)(pk=uuid4()))
    other = Town()
    with pytest.raises(Refusal, match="過ぎました"):
        draft(other)
    relief.extend_call(by=town.prefecture, call=call, closes_on=date(2026, 12, 2), reason="大雪のため")
    assert submit(by=other.chief, **{name: draft(other)}).version == 1


def test_the_prefectures_own_plan_is_bound_by_no_call(town: Town, clock: ClockFile) -> None:
    announce(workshop.menu())
    clock.set(TOO_LATE)
    own = cases.start_workshop(
        by=town.prefecture, menu=workshop.menu(), municipality=town.area, title="県の研修会"
    )
    saved = workshop.save(
        town, own, by=town.prefecture, host_kind="prefecture", applicant_name="", own_number=""
    )
    assert cases.submit_workshop(by=town.prefecture, workshop=saved).version == 1


@both
def test_who_has_a_draft_is_reminded(
    menu: Any, draft: Any, submit: Any, name: str, town: Town, clock: ClockFile
) -> None:
    draft(town)
    announce(menu())
    clock.set("2026-11-30T09:00:00+09:00")
    sweeping.remind()
    rows = OutboxMessage.objects.filter(template=sweeping.MAIL, to_address=town.officer_user.email)
    assert "第1次受付" in rows.get().body
    assert sweeping.remind()[1] == 0, "once"


@both
def test_it_is_announced_and_shown_on_the_pages(
    menu: Any, draft: Any, submit: Any, name: str, town: Town, client: Client, clock: ClockFile
) -> None:
    row = menu()
    client.force_login(town.prefecture_user)
    page = "/staff/grants/programmes/kagoshima-r8/"
    values = {
        "title": "第1次受付", "opens_on": "R8.11.1", "closes_on": "R8.12.1", "closes_time": "17:00",
        "shift": "next_business_day", "arrival": "arrive",
    }  # fmt: skip
    assert send(client, f"{page}menus/{row.number}/calls/new/", **values).status_code == 303
    call = Call.objects.get(menu=row)
    assert call.get_relief_url() in client.get(page).content.decode()
    assert client.get(call.get_relief_url()).status_code == 200
    client.logout()
    assert "令和8年12月1日(火)17時必着" in text_of(client.get(row.get_absolute_url()))
    assert "第1次受付" in text_of(client.get("/grants/"))
    made = draft(town)
    client.force_login(town.officer_user)
    rows = f"/grants/{'dispatches' if name == 'dispatch' else 'workshops'}/"
    assert "第1次受付の締切は" in text_of(client.get(made.get_absolute_url()))
    assert f"{rows}new/" in client.get(rows).content.decode()
    clock.set(TOO_LATE)
    closed = text_of(client.get(row.get_absolute_url()))
    assert "を過ぎました" in closed
    assert "市町村の職員として" not in closed
    assert f"{rows}new/" not in client.get(rows).content.decode()
    admission(town, call)
    assert f"{rows}new/" in client.get(rows).content.decode()


@both
def test_the_guide_says_it(
    menu: Any, draft: Any, submit: Any, name: str, town: Town, client: Client, clock: ClockFile
) -> None:
    announce(menu())
    url = f"/grants/guide/?who=municipality&want={name}&stage=none&purse=shared&moment=now&students=no"
    words = text_of(client.get(url))
    assert "第1次受付の締切は，" in words
    clock.set(TOO_LATE)
    assert "いま受け付けている募集がありません" in text_of(client.get(url))


def test_an_admission_is_of_one_file(town: Town) -> None:
    let = admission(town, announce(dispatch.menu()), dispatch=dispatch.draft(town))
    refuses("admission_of_one_file", change(let, workshop=workshop.draft(town)))
