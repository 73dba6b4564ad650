"""Chromium as a person would use it. A page fails its test for console errors, CSP violations and foreign requests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    sync_playwright,
)

from bin.lib.packages import CHROMIUM_SIGNS

from .processes import wait_until

FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
]
AXE = Path(__file__).parent / "axe" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Nothing of ours plays by itself and no rule of these tags reads style sheets, so axe need not fetch them once more.
AXE_RUN = """async tags => {
  const options = {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false};
  return (await axe.run(document, options)).violations;
}"""
REFUSALS = {400, 403, 404, 409, 413, 422, 429}  # answers a person can read; as a whole page or through htmx
HEIGHTS = {390: 844, 1280: 900}


def executable() -> str:
    """The Chromium of this machine: the headless build where there is one, for it draws no window of its own."""
    return next(path for path in CHROMIUM_SIGNS if os.path.exists(path))


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Guard:
    """Notes all that a page does which no page of ours may do."""

    def __init__(self, page: Page, home: str) -> None:
        self.home = urlsplit(home).netloc
        self.faults: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.home:
            self.faults.append(f"request to a third party: {request.url}")

    def _response(self, response: Response) -> None:
        readable = (
            response.request.resource_type in {"document", "xhr", "fetch"} and response.status in REFUSALS
        )
        if response.status >= 400 and not readable:
            self.faults.append(f"{response.status} {response.url}")

    def check(self) -> None:
        assert not self.faults, "\n".join(self.faults)


class People:
    """Opens pages for several people of one journey, each with a browser context (and so cookies) of its own."""

    def __init__(self, browser: Browser, home: str) -> None:
        self.browser, self.home = browser, home
        self.contexts: list[BrowserContext] = []
        self.guards: list[Guard] = []

    def open(self, *, width: int = 1280, user: Any = None, javascript: bool = True, **options: Any) -> Page:
        """A new person's page. `user` is signed in by a session made in the database, without the sign-in screens."""
        context = self.browser.new_context(
            base_url=self.home,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            java_script_enabled=javascript,
            **options,
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        if user is not None:
            context.add_cookies([{"name": "hiroba_session", "value": session_for(user), "url": self.home}])
        page = context.new_page()
        self.guards.append(Guard(page, self.home))
        return page

    def close(self) -> None:
        """Close all contexts, then fail if any page misbehaved."""
        for context in self.contexts:
            context.close()
        for guard in self.guards:
            guard.check()


def session_for(user: Any) -> str:
    """The key of a new, committed session of `user`."""
    from django.test import Client

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["hiroba_session"].value


@cache
def axe_source() -> str:
    """The text of axe-core."""
    return AXE.read_text()


def axe_violations(page: Page) -> list[str]:
    """Run axe-core in the page and return its findings, one line each with the first element concerned."""
    try:
        found_by_axe = _run_axe(page)
    except (
        Error
    ):  # the page was on its way out, and between two pages there is no document: look at the next one
        page.wait_for_load_state()
        found_by_axe = _run_axe(page)
    return [
        f"{found['id']} ({found['impact']}): {found['help']} — {node['html'][:160]} {node.get('failureSummary', '')}"
        for found in found_by_axe
        for node in found["nodes"][:3]
    ]


def _run_axe(page: Page) -> list[dict[str, Any]]:
    page.evaluate(axe_source())
    found: list[dict[str, Any]] = page.evaluate(AXE_RUN, AXE_TAGS)
    return found


def assert_axe(page: Page) -> None:
    """Fail with the list of findings unless axe finds nothing."""
    findings = axe_violations(page)
    assert not findings, f"{page.url}\n" + "\n".join(findings)


def assert_no_sideways_scroll(page: Page) -> None:
    """Fail when the page is wider than the window: on a phone everything must be reachable by scrolling down."""
    page.wait_for_load_state()
    inner, scroll = wait_until(  # between two pages there is no element for a moment
        lambda: page.evaluate(
            "(root => root && [root.clientWidth, root.scrollWidth])(document.documentElement)"
        ),
        what="the page is there",
    )
    assert scroll <= inner, f"{page.url}: {scroll} px of content in {inner} px"
