"""Gone is gone: after 「公開をやめる」 no address of the portal says the name, to a visitor or to a companion.

The addresses are not named here: all rows of the access table, the searches, and every link that those pages carry.
"""

import re
import subprocess

import pytest
from django.urls import reverse

from communities import actions
from communities.models import Community, Profile
from portal.kernel.models import SearchEntry
from portal.site.access import ANONYMOUS
from portal.site.access_rows import PARTS
from tests.factories import communities as make
from tests.factories import people
from tests.support.strict import StrictClient

from . import matrix

NAME, HANDLE = "消江田 未来子", "きえる丸"
HREF = re.compile(r'(?:href|src|action)="(/[^"#]*)')
ROWS = [row for _, rows in PARTS for row in rows]
MOST = 700  # pages of one crawl


def starts(world: matrix.World, standing: str) -> set[str]:
    """Every address of the access table that this standing opens, and the ways to ask for the person."""
    found = {
        reverse(row.route, kwargs=world.cases[row.case])
        for row in ROWS
        if standing in row.may and row.method == "GET" and row.route != "account_logout"
    }
    asked = {
        f"{path}?q={word}"
        for path in ("/search/", "/people/", "/communities/", "/events/")
        for word in (NAME, HANDLE)
    }
    return found | asked | {"/people/?area=151050", "/people/?theme=food", "/robots.txt", "/sitemap.xml"}


def text_of(response) -> str:  # type: ignore[no-untyped-def]
    """What a person could read of it, whatever it is."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.get("Content-Type", "").startswith("application/pdf"):
        shown = subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True, check=True)
        return shown.stdout.decode()
    return body.decode("utf-8", "replace")


def crawl(client: StrictClient, addresses: set[str]) -> dict[str, str]:
    """{address: text} of these pages and of all they link to."""
    seen: dict[str, str] = {}
    waiting = sorted(addresses)
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        if address in seen or address.startswith(("/static/", "/accounts/", "/demo/", "/ui/")):
            continue
        response = client.get(address)
        seen[address] = text_of(response)
        if response.get("Content-Type", "").startswith("text/html"):
            waiting += [link.replace("&amp;", "&") for link in HREF.findall(seen[address])]
    return seen


def says(text: str) -> bool:
    return any(word in text.replace(" ", "") for word in (NAME.replace(" ", ""), HANDLE))


@pytest.mark.parametrize("standing", [ANONYMOUS, "member"])
def test_after_closing_no_address_says_the_name(case_world: matrix.World, standing: str) -> None:
    who = make.person(name=NAME)
    place = Community.objects.get(slug=case_world.cases["community"]["slug"])
    make.member(place, who, show_name=True)
    profile = people.profile(
        who, name=HANDLE, photo=people.photo(who), areas=[place.area], themes=place.themes.all()
    )
    client = StrictClient()
    if user := case_world.users[standing]:
        client.force_login(user)
    before = crawl(client, starts(case_world, standing))
    showing = {address for address, text in before.items() if says(text.replace(f"q={NAME}", ""))}
    where = {
        "/people/",
        profile.get_absolute_url(),
        place.get_absolute_url(),
        f"/search/?q={HANDLE}",
        f"/people/?q={HANDLE}",
    }
    assert where <= showing
    actions.close_profile(by=make.fresh(who))
    after = {address: text_of(client.get(address)) for address in before}
    left = {address for address, text in after.items() if says(text)} - {a for a in after if "?q=" in a}
    assert left == set()
    assert all(profile.get_absolute_url() not in text for text in after.values())
    assert client.get(profile.get_absolute_url()).status_code == 404
    for size in ("", "?w=160", "?w=480", "?w=1200"):
        assert client.get(f"{profile.get_absolute_url()}photo/{size}").status_code == 404
    assert not SearchEntry.objects.filter(kind="person", object_id=str(profile.pk)).exists()
    assert not Profile.objects.get(pk=profile.pk).is_open
