"""What people of a journey do again and again: come as a persona, fill in, press, and look at each page."""

from collections.abc import Mapping

from playwright.sync_api import Page

from portal.accounts.models import User
from portal.site.demo.people import DOMAIN
from tests.support.browser import HEIGHTS, People, assert_axe, assert_no_sideways_scroll
from tests.support.html import assert_html


def persona(key: str) -> User:
    """The person of the demo behind a persona's key."""
    return User.objects.get(email=f"{key}@{DOMAIN}")


class Width(int):
    """A width in px at which somebody walks; each page they come to is looked at in the width `also` too."""

    also: int = 0

    @classmethod
    def of_phone_and_desk(cls) -> "Width":
        """Walk as on a phone, where it is narrower and menus are folded, and look as at a desk too."""
        both = cls(390)
        both.also = 1280
        return both


class Visitor:
    """One person at the portal, a persona of the demo or `user`. Every page is checked by axe and for sideways scrolling."""

    def __init__(self, people: People, width: int, key: str = "", *, user: User | None = None) -> None:
        self.page: Page = people.open(width=width, user=persona(key) if key else user)
        self.widths = (width, width.also) if isinstance(width, Width) else (width,)

    def go(self, address: str) -> "Visitor":
        """Open an address and check the page."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{answer.status} {address}"
        return self.check()

    def check(self) -> "Visitor":
        """Look at the page as it is now, in every width of this person; it is left in the first one."""
        for width in reversed(self.widths):
            if len(self.widths) > 1:
                self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            assert_axe(self.page)
            assert_no_sideways_scroll(self.page)
        return self

    def fill(self, values: Mapping[str, str]) -> "Visitor":
        """Fill in fields by name: text, choices, checkboxes ("on") and radio buttons (their value)."""
        for name, value in values.items():
            fields = self.page.locator(f"main [name='{name}']:not([type=hidden])")
            kind = fields.first.evaluate("field => field.type || field.tagName.toLowerCase()")
            if kind in {"radio", "checkbox"}:
                chosen = (
                    fields.first
                    if value == "on"
                    else self.page.locator(f"main [name='{name}'][value='{value}']")
                )
                chosen.check()
            elif kind == "select-one":
                fields.first.select_option(value)
            else:
                fields.first.fill(value)
        return self

    def press(self, name: str) -> "Visitor":
        """Press the button or link of that name in the page's main part, and check where it leads."""
        main = self.page.locator("main")
        target = main.get_by_role("button", name=name, exact=True).or_(
            main.get_by_role("link", name=name, exact=True)
        )
        with self.page.expect_navigation():
            target.first.click()
        return self.check()

    def reads(self, *texts: str) -> "Visitor":
        """The page says all of this."""
        said = self.page.locator("main").inner_text()
        for text in texts:
            assert text in said, f"{text!r} is not on {self.page.url}:\n{said}"
        return self

    @property
    def path(self) -> str:
        """The address without the host."""
        return "/" + self.page.url.split("/", 3)[3]


def look(visitor: Visitor, address: str) -> None:
    """Open the page; axe, sideways scrolling, and the HTML as it was sent."""
    visitor.go(address)
    answer = visitor.page.request.get(address)
    assert_html(answer.body())
