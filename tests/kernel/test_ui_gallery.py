"""The gallery at /ui/, the error pages, and the shell around every page."""

import gzip
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.test import Client, RequestFactory, override_settings

from portal.kernel import errors, gallery
from portal.kernel.ui import navigation
from tests.support.html import assert_html

LAYOUTS = ["/ui/", "/ui/?layout=simple", "/ui/?layout=desk"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", LAYOUTS)
def test_gallery_is_valid_html_on_every_layout(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert_html(response.content)


@pytest.mark.django_db
def test_gallery_is_not_there_outside_demo_and_debug(client: Client) -> None:
    with override_settings(DEMO=False, DEBUG=False):
        assert client.get("/ui/").status_code == 404
    assert client.get("/ui/?layout=nothing").status_code == 404


@pytest.mark.django_db
def test_gallery_shows_every_component(client: Client) -> None:
    """Each tag of the kit is in the sources of the gallery or of a layout."""
    from portal.kernel.templatetags.ui import register

    folders = [settings.ROOT / "templates" / name for name in ("ui", "layouts", "kernel")]
    sources = [path.read_text() for folder in folders for path in folder.rglob("*.html")]
    text = "\n".join([*sources, (settings.ROOT / "templates" / "base.html").read_text()])
    shown = set(re.findall(r"{% (\w+)", text))
    assert set(register.tags) - shown <= {
        "history",
        "form_open",
        "csrf_once",
    }  # these need rows and keys: pages have them


@pytest.mark.parametrize("status", gallery.ERRORS)
def test_error_page_is_valid_and_needs_neither_database_nor_request(status: str) -> None:
    response = errors.page(int(status[:3]), template=status)
    assert response.status_code == int(status[:3])
    assert_html(response.content)
    assert "エラーが発生しました" not in response.content.decode()


def test_error_page_gives_the_reason_escaped() -> None:
    html = errors.page(403, reason="この区の<担当者>だけです。").content.decode()
    assert "この区の&lt;担当者&gt;だけです。" in html


def shell(
    path: str = "/", *, signed_in: bool = False, staff: bool = False, band: str = "niigata", **extra: Any
) -> str:
    """An empty page on the public layout (staff: on the staff layout) for an invented visitor."""
    request: Any = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=signed_in, name="髙橋 <直人>")
    post = SimpleNamespace(area_name="秋葉区", area_slug="akiha", section_name="地域総務課")
    request.scope = SimpleNamespace(is_staff=staff, post=post, has=lambda *roles: "ward_officer" in roles)
    authority = SimpleNamespace(
        name="新潟市",
        site_name="協働ひろば",
        site_note="",
        band=band,
        comma="、",
        contact_section="",
        contact_address="",
        contact_postal_code="",
        contact_phone="",
        contact_hours="",
    )
    layout = "desk" if staff else "public"
    template = engines["django"].from_string(
        '{% extends "layouts/' + layout + '.html" %}{% block title %}題{% endblock %}'
    )
    html = template.template.render(
        _context({"request": request, "authority": authority, "messages": [], **extra})
    )
    assert_html(html)
    return html


def _context(values: dict[str, Any]) -> Any:
    from django.template import Context

    return Context(values)


def test_visitor_is_offered_to_sign_in_and_come_back() -> None:
    html = shell("/communities/")
    assert "?next=/communities/" in html
    assert "わたしのページ" not in html
    assert 'href="/communities/" aria-current="true"' in html


def test_signed_in_name_is_shown_escaped_with_the_way_out() -> None:
    html = shell(signed_in=True)
    assert "髙橋 &lt;直人&gt;" in html
    assert "ログアウト" in html
    assert "職員の画面" not in html


def test_prefecture_has_its_own_band_and_menu() -> None:
    html = shell(band="kagoshima")
    assert "band--pref" in html
    assert "支援メニュー" in html


def test_desk_wears_the_colour_and_menu_of_the_appointment() -> None:
    html = shell(
        "/staff/communities/new/", staff=True, signed_in=True, sidenav_counts={"/staff/communities/": 3}
    )
    assert '<body data-ward="akiha">' in html
    assert re.search(
        r'href="/staff/communities/" aria-current="page">コミュニティ<span class="sidenav__count">3', html
    )
    assert "/staff/grants/" not in html
    assert html.count('aria-current="page"') == 1


def test_demo_says_that_it_is_a_demo_and_nothing_else_does() -> None:
    with override_settings(DEMO=True):
        assert "デモです。" in shell()
    with override_settings(DEMO=False):
        assert "デモです。" not in shell()


def test_wrong_form_is_said_in_the_title() -> None:
    assert "<title>エラー:題" in shell(form=SimpleNamespace(is_bound=True, errors={"a": ["b"]}))
    assert "<title>題" in shell(form=SimpleNamespace(is_bound=True, errors={}))


def test_messages_are_shown_once_as_text() -> None:
    class Message:
        level_tag = "success"

        def __str__(self) -> str:
            return "<b>登録しました。</b>"

    html = shell(messages=[Message()])
    assert "&lt;b&gt;登録しました。" in html
    assert "notice--ok" in html


MENUS = (
    "/grants/dispatches/",
    "/grants/workshops/",
    "/grants/themes/",
    "/grants/support/",
)  # what a municipality does under ①, ② and ④, and with student supporters


def test_every_staff_link_leads_below_a_known_prefix() -> None:
    for group in navigation.STAFF:
        for link in group.links:
            assert link.url.startswith(("/staff/", "/grants/applications/", "/grants/needs/", *MENUS))


def test_shell_weighs_little() -> None:
    """Page, style and script of an empty page as they travel; pictures and the page's own content come on top."""
    root = settings.ROOT / "static"
    files = ["css/portal.css", "js/portal.js", "img/logo.svg", "img/shima.svg"]
    weight = len(gzip.compress(shell().encode())) + sum(
        len(gzip.compress((root / name).read_bytes())) for name in files
    )
    assert weight < 25_000
