"""The gallery in a browser: axe finds nothing, nothing scrolls sideways, it works by keyboard and without JavaScript."""

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.kernel.enums import JobState
from portal.kernel.models import Job
from tests.factories.accounts import UserFactory
from tests.support.browser import People, assert_axe, assert_no_sideways_scroll

pytestmark = pytest.mark.world
ADDRESSES = ["/ui/", "/ui/?layout=desk", "/ui/?layout=simple", "/ui/?error=404"]


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("address", ADDRESSES)
def test_gallery_is_accessible_at_every_width(people: People, address: str, width: int) -> None:
    page = people.open(width=width)
    page.goto(address)
    assert_axe(page)
    assert_no_sideways_scroll(page)


def test_gallery_prints_without_menus(people: People) -> None:
    page = people.open()
    page.goto("/ui/?layout=desk")
    page.emulate_media(media="print")
    expect(page.locator(".deskbar")).to_be_hidden()
    expect(page.locator("#sidenav")).to_be_hidden()
    expect(page.get_by_role("heading", name="職員の部品")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_staff_menu_opens_on_a_phone_and_closes_with_escape(people: People, javascript: bool) -> None:
    page = people.open(width=390, javascript=javascript)
    page.goto("/ui/?layout=desk")
    menu = page.get_by_role("navigation", name="職員メニュー")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="メニュー", exact=True).click()
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()


def test_staff_menu_stands_open_on_a_wide_screen(people: People) -> None:
    page = people.open(width=1280)
    page.goto("/ui/?layout=desk")
    expect(page.get_by_role("navigation", name="職員メニュー")).to_be_visible()
    expect(page.get_by_role("button", name="メニュー", exact=True)).to_be_hidden()


def test_first_tab_leads_past_the_menus(people: People) -> None:
    page = people.open()
    page.goto("/ui/?layout=desk")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="本文へ")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["x"] >= 0  # type: ignore[index]


def test_error_summary_is_read_first_and_leads_to_the_field(people: People) -> None:
    page = people.open()
    page.goto("/ui/?layout=simple")
    expect(page.locator("#errors")).to_be_focused()
    page.locator("#errors a").first.click()
    assert page.url.endswith("#id_email")
    expect(page.locator("#id_email")).to_be_in_viewport()


def test_targets_are_large_enough_for_a_finger(people: People) -> None:
    """Controls are 44 px high (26 px inside the calendar); links inside a sentence are exempt."""
    page = people.open(width=390)
    page.goto("/ui/")
    small = page.evaluate(
        """() => [...document.querySelectorAll(".button, .input, .select, .chips a, .choice, .masthead a, .tabs a, summary")]
        .filter(e => e.offsetParent && Math.max(e.getBoundingClientRect().height,
            parseFloat(getComputedStyle(e, "::after").height) || 0) < 43.5)
        .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_progress_of_a_job_is_followed_without_reloading(people: People) -> None:
    """htmx comes under the CSP, asks every two seconds, shows the end and stops asking."""
    user = UserFactory()
    job = running_job(user)
    page = people.open(user=user)
    page.goto(f"/jobs/{job.pk}/")
    line = page.get_by_role("status").filter(has_text="/ 43")
    expect(line).to_contain_text("12 / 43")
    page.evaluate("document.body.dataset.mark = 'same page'")
    Job.objects.filter(pk=job.pk).update(done_count=40)
    expect(page.get_by_text("40 / 43")).to_be_visible()
    end(job)
    expect(page.get_by_text("できました。")).to_be_visible()
    assert page.evaluate("document.body.dataset.mark") == "same page"
    assert page.locator("[hx-get]").count() == 0
    assert_axe(page)


def test_progress_of_a_job_can_be_followed_without_javascript(people: People) -> None:
    user = UserFactory()
    job = running_job(user)
    page = people.open(user=user, javascript=False)
    page.goto(f"/jobs/{job.pk}/")
    end(job)
    page.get_by_role("link", name="更新する").click()
    expect(page.get_by_text("できました。")).to_be_visible()


def running_job(user: User) -> Job:
    """A job of `user` that someone works on."""
    return Job.objects.create(
        kind="tests.gallery",
        key=f"tests.gallery:{user.pk}",
        owner_ref=UserActor(user).ref,
        state=JobState.RUNNING,
        lease_until=clock.now() + timedelta(hours=1),
        lease_token=uuid4(),
        done_count=12,
        total_count=43,
    )


def end(job: Job) -> None:
    """The runner finishes."""
    Job.objects.filter(pk=job.pk).update(
        state=JobState.DONE, lease_until=None, lease_token=None, finished_at=clock.now()
    )
