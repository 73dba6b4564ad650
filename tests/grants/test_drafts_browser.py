"""What only a browser shows of the drafts of ① and ④: a killed web process, an ended session, two tabs lose nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from grants.models import DraftTyped
from tests.factories import dispatch
from tests.factories.commission import draft_proposal, person, published_call
from tests.factories.grants import Town, open_call
from tests.support.browser import People, assert_axe, assert_no_sideways_scroll
from tests.support.processes import Server
from tests.support.world import World

pytestmark = pytest.mark.world


@dataclass
class Writing:
    """A draft, who writes it, where, and into which box."""

    draft: Any
    user: Any
    page: str
    field: str

    def opened(self, people: People, width: int = 1280) -> Page:
        page = people.open(width=width, user=self.user)
        page.goto(self.page)
        return page

    def stored(self) -> str:
        return str(getattr(type(self.draft).objects.get(pk=self.draft.pk), self.field))


def _dispatch(town: Town) -> Writing:
    made = dispatch.draft(town)
    return Writing(made, town.officer_user, made.get_edit_url(), "issue")


def _proposal(town: Town) -> Writing:
    npo = person()
    made = draft_proposal(town, published_call(town), npo)
    return Writing(made, npo.user, made.get_edit_url("words"), "plan")


@pytest.fixture(params=[_dispatch, _proposal], ids=lambda make: make.__name__[1:])
def writing(request: pytest.FixtureRequest, world: World) -> Writing:
    world.clock.set("2026-11-25T10:00:00+09:00")
    open_call()
    make: Callable[[Town], Writing] = request.param
    return make(Town())


def test_a_killed_process_two_tabs_and_an_ended_session_lose_nothing(
    people: People, writing: Writing, server: Server
) -> None:
    first, second = writing.opened(people), writing.opened(people, width=390)
    box = f"#id_{writing.field}"
    first.locator(box).fill("前の文")
    revision = first.locator("input[name=revision]")
    expect(revision).to_have_value(str(writing.draft.revision + 1))
    server.kill()
    try:
        first.locator(box).fill("前の文と、止まったあとの文")
        assert writing.stored() == "前の文"
    finally:
        server.start()
    expect(revision).to_have_value(str(writing.draft.revision + 2), timeout=20_000)
    second.locator(box).fill("後の文")
    expect(second.locator("#saved")).to_contain_text("ほかの人が保存しました", timeout=20_000)
    assert writing.stored() == "前の文と、止まったあとの文"
    assert DraftTyped.objects.filter(typed_by=writing.user).get().sent[writing.field] == ["後の文"]
    second.get_by_role("link", name="二つの内容を見くらべる").click()
    expect(second.locator(box)).to_have_value("後の文")
    expect(second.get_by_text("前の文と、止まったあとの文")).to_be_visible()
    assert_axe(second)
    assert_no_sideways_scroll(second)
    Session.objects.all().delete()
    first.locator(box).fill("サインインが切れたあとの文")
    expect(first.locator("#saved")).to_contain_text("サインインが切れた")
    expect(first.locator(box)).to_have_value("サインインが切れたあとの文")
    assert writing.stored() == "前の文と、止まったあとの文"
