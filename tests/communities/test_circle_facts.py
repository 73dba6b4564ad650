"""会則, links, age bands; rest and wake; the city's part."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from communities import actions
from communities.actions import facts
from communities.models import CommunityFacts
from portal.kernel import audit, uploads
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.support.pages import form_values

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n@\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def where():
    return make.community(name="にしかんみらいBASE", variants=["にしかん未来BASE"])


def paper(by, number=1):
    return uploads.stage(
        SimpleUploadedFile("会則.pdf", PDF.replace(b"@", str(number).encode())), by=by, accept=(uploads.PDF,)
    )


def test_what_a_community_says_about_itself_stands_on_its_page_with_its_day(client, where, clock):
    clock.set("2026-11-20")
    organiser = make.organiser(where)
    facts.save_facts(
        by=organiser, community=where, charter=paper(organiser), charter_on=date(2025, 12, 1),
        links=["https://example.jp/nishikan"], age_counts=[2, 10, 8, 1, 0, 0, 0], under_35=15, counted_on=date(2026, 11, 1),
    )  # fmt: skip
    page = client.get(where.get_absolute_url()).content.decode()
    for words in (
        "10代 2人",
        "35歳以下 15人",
        "令和8年11月1日現在",
        'href="https://example.jp/nishikan"',
        "会則(PDF)",
    ):
        assert words in page
    answer = client.get(f"{where.get_absolute_url()}charter/")
    assert (answer["Content-Type"], answer["Content-Disposition"][:10]) == ("application/pdf", "attachment")


def test_a_new_charter_takes_the_place_of_the_old(where):
    officer = make.ward_officer()
    first, second = paper(officer), paper(officer, 2)
    facts.save_facts(by=officer, community=where, charter=first)
    facts.save_facts(by=officer, community=where, charter=second)
    facts.save_facts(by=officer, community=where, charter=second)
    assert CommunityFacts.objects.get().charter == second
    assert [StoredFile.objects.get(pk=row.pk).state for row in (first, second)] == ["staged", "attached"]


def test_figures_without_a_day_or_of_a_day_to_come_are_refused(where):
    officer = make.ward_officer()
    with pytest.raises(ValidationError, match="数えた日"):
        facts.save_facts(by=officer, community=where, under_35=3)
    with pytest.raises(ValidationError, match="七つ"):
        facts.save_facts(by=officer, community=where, age_counts=[1, 2], counted_on=make.yesterday())
    with pytest.raises(Refusal, match="今日まで"):
        facts.save_facts(by=officer, community=where, under_35=3, counted_on=date(2099, 1, 1))


def test_members_and_strangers_do_not_speak_for_a_community(where):
    who = make.person()
    make.member(where, who)
    for each in (make.fresh(who), make.person(), make.ward_officer("151017")):
        with pytest.raises(PermissionDenied):
            facts.save_facts(by=each, community=where, links=[])
        with pytest.raises(PermissionDenied):
            facts.set_city_role(by=each, community=where, role="leading", since_on=make.yesterday())


@pytest.mark.parametrize(
    "link", ["http://example.jp/", "javascript:alert(1)", "https://localhost", "example.jp"]
)
def test_links_are_addresses_of_the_web(client, where, link):
    client.force_login(make.organiser(where).user)
    address = f"{where.get_absolute_url()}manage/facts/"
    key = client.get(address).context["form"].initial["once"]
    answer = client.post(address, {"links": link, "once": key})
    assert answer.status_code == 422
    assert "https:// で始まる" in answer.content.decode()


def test_a_community_rests_with_a_word_and_wakes(client, where):
    organiser = make.organiser(where)
    client.force_login(organiser.user)
    address = f"{where.get_absolute_url()}manage/rest/"
    key = client.get(address).context["form"].initial["once"]
    assert client.post(address, {"note": "春に再開します", "once": key}).status_code == 303
    where.refresh_from_db()
    assert where.state == "dormant"
    page = client.get(where.get_absolute_url()).content.decode()
    assert "いま休んでいます" in page
    assert "春に再開します" in page
    assert where.name not in client.get("/communities/").content.decode()
    with pytest.raises(Refusal):
        actions.join_community(by=make.person(), community=where)
    key = client.get(address).context["form"].initial["once"]
    assert client.post(address, {"once": key}).status_code == 303
    assert where.name in client.get("/communities/").content.decode()


def test_a_dissolved_community_stays_readable_and_does_nothing_more(client, where):
    officer = make.ward_officer()
    meeting = make.event(where)
    with pytest.raises(Refusal, match="これからの催し"):
        actions.move_community(by=officer, community=where, step="dissolve", note="おわり")
    actions.cancel_event(by=officer, event=meeting, note="おわり")
    actions.move_community(by=officer, community=where, step="dissolve", note="三年の活動を終えました")
    page = client.get(where.get_absolute_url()).content.decode()
    assert "解散しました" in page
    assert "三年の活動を終えました" in page
    for act in (
        lambda: actions.edit_community(by=officer, community=where, summary="別"),
        lambda: facts.save_facts(by=officer, community=where, links=[]),
        lambda: actions.start_initiative(by=officer, community=where, title="題", summary="要約"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_organisers_end_their_community_themselves_with_words_that_stay(client, where):
    organiser = make.organiser(where)
    meeting = make.event(where)
    client.force_login(organiser.user, backend="django.contrib.auth.backends.ModelBackend")
    address = f"{where.get_absolute_url()}manage/dissolve/"
    assert address in client.get(f"{where.get_absolute_url()}manage/rest/").content.decode()
    values = form_values(client.get(address).content)
    refused = client.post(address, {**values, "note": "世話をする人がいなくなりました"})
    assert refused.status_code == 409
    assert "これからの催し" in refused.content.decode()
    assert "世話をする人がいなくなりました" in refused.content.decode()
    actions.cancel_event(by=organiser, event=meeting, note="おわり")
    values = form_values(client.get(address).content)
    assert client.post(address, {**values, "note": " "}).status_code == 422
    for _ in range(2):  # the same button twice
        assert client.post(address, {**values, "note": "世話をする人がいなくなりました"}).status_code == 303
    page = client.get(where.get_absolute_url()).content.decode()
    assert "世話をする人がいなくなりました" in page
    assert audit.history(where)[0].event == "communities.community.dissolve"
    assert "解散はできません" in client.get(address).content.decode()
    client.force_login(make.person().user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 403


def test_another_spelling_finds_the_community(client, where):
    assert where.name in client.get("/communities/?q=にしかん未来").content.decode()


def test_the_citys_part_is_dated_and_goes_back_only_with_words(client, where):
    officer = make.ward_officer()
    facts.set_city_role(by=officer, community=where, role="leading", since_on=date(2025, 4, 1))
    facts.set_city_role(by=officer, community=where, role="watching", since_on=date(2026, 4, 1))
    with pytest.raises(Refusal, match="前の日付"):
        facts.set_city_role(by=officer, community=where, role="watching", since_on=date(2026, 3, 1))
    with pytest.raises(Refusal, match="役割の中身"):
        facts.set_city_role(by=officer, community=where, role="accompanying", since_on=date(2026, 5, 1))
    facts.set_city_role(
        by=officer, community=where, role="accompanying", since_on=date(2026, 5, 1), note="世話人がかわる間"
    )
    page = client.get(where.get_absolute_url()).content.decode()
    assert "伴走" in page
    assert "令和8年5月1日から" in page
