"""やさしい日本語: written by who runs the page, switched by a link, remembered; names carry their reading."""

import pytest
from django.core.exceptions import PermissionDenied

from communities.actions.easy import write_easy
from communities.models import EasyText
from portal.kernel import audit
from tests.factories import communities as make
from tests.factories import people
from tests.support.html import assert_html

pytestmark = pytest.mark.django_db
PLAIN = "だれでも 来て いいです。お金は いりません。"


@pytest.fixture
def where():
    return make.community(name="里山の会", kana="サトヤマノカイ")


def test_the_switch_shows_the_plain_text_and_the_reading_and_is_remembered(where, client):
    address = where.get_absolute_url()
    assert "やさしい日本語" not in client.get(address).content.decode()
    write_easy(by=make.organiser(where), owner=where, text=PLAIN)
    page = client.get(address).content.decode()
    assert '<a href="?easy=1">やさしい日本語で読む</a>' in page
    assert PLAIN not in page
    for link in ("?easy=1", ""):
        answer = client.get(address + link)
        assert_html(answer.content)
        page = answer.content.decode()
        assert PLAIN in page
        assert "<ruby>里山の会<rp>(</rp><rt>さとやまのかい</rt><rp>)</rp></ruby>" in page
    page = client.get(f"{address}?easy=0").content.decode()
    assert PLAIN not in page
    assert "<ruby>" not in client.get(address).content.decode()


def test_an_event_has_its_own(where, client):
    event = make.event(where)
    write_easy(by=make.ward_officer(), owner=event, text=PLAIN)
    answer = client.get(f"{event.get_absolute_url()}?easy=1")
    assert_html(answer.content)
    assert PLAIN in answer.content.decode()
    assert audit.history(event)[0].event == "communities.event.easy_written"


def test_only_who_edits_the_page_writes_it_twice_is_once_and_empty_takes_it_away(where):
    for by in (make.person(), make.ward_officer("151017")):
        with pytest.raises(PermissionDenied):
            write_easy(by=by, owner=where, text=PLAIN)
    officer = make.ward_officer()
    for _ in range(2):
        write_easy(by=officer, owner=where, text=PLAIN)
    assert [entry.event for entry in audit.history(where)].count("communities.community.easy_written") == 1
    write_easy(by=officer, owner=where, text=" ")
    assert not EasyText.objects.exists()


def test_what_is_written_is_never_markup(where, client):
    write_easy(by=make.ward_officer(), owner=where, text="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(f"{where.get_absolute_url()}?easy=1").content.decode()


def test_a_person_is_named_with_their_reading(client):
    profile = people.profile(name="五十嵐 蓮", kana="イガラシ レン")
    page = client.get(profile.get_absolute_url()).content.decode()
    assert "<ruby>五十嵐 蓮<rp>(</rp><rt>いがらし れん</rt>" in page
