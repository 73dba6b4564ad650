"""A profile: opened by its owner alone, field by field, never of a minor, closed at once."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from communities import actions, queries
from communities.models import Membership, Profile
from communities.profiles.links import clean_link
from portal.accounts.enums import AgeGroup
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel import audit, search
from portal.kernel.actors import JobActor
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories import people
from tests.support.html import assert_html
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db
STRANGER = Scope()


def signed_in(who):
    client = StrictClient()
    client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def found(words, audience=("public",)):
    return [hit.object_id for hit in search.find(words, audience=list(audience), kinds=["person"]).items]


def test_what_is_written_is_seen_by_nobody_until_it_is_opened(client):
    profile = people.profile(name="しずか", open_now=False)
    assert not queries.profiles_visible_to(STRANGER).exists()
    assert client.get(profile.get_absolute_url()).status_code == 404
    assert found("しずか") == []


def test_an_open_profile_is_listed_found_and_shows_open_fields_only(client):
    profile = people.profile(name="ひらく", does="喫茶店", helps="荷物運び", seen=people.seen(helps="nobody"))
    page = client.get(profile.get_absolute_url())
    assert_html(page.content)
    assert "喫茶店" in page.content.decode()
    assert "荷物運び" not in page.content.decode()
    assert "荷物運び" not in client.get("/people/").content.decode()
    assert found("喫茶店") == [str(profile.pk)]
    assert found("荷物運び") == []
    assert page["Cache-Control"] == "no-store"
    assert "noindex" in page["X-Robots-Tag"]


def test_the_order_of_events_is_written_down():
    profile = people.profile()
    actions.close_profile(by=make.UserActor(profile.user))
    events = [entry.event.rpartition(".")[2] for entry in audit.history(profile)]
    assert events == ["closed", "opened", "saved"]


def test_only_a_signed_in_person_has_a_profile():
    with pytest.raises(PermissionDenied):
        actions.save_profile(by=make.visitor(), seen={})
    with pytest.raises(PermissionDenied):
        actions.close_profile(by=JobActor("tests"))


@pytest.mark.parametrize(("name", "name_seen"), [("", "everybody"), ("ひらく", "nobody")])
def test_nobody_opens_without_a_name_that_somebody_sees(name, name_seen):
    by = make.person()
    with pytest.raises(Refusal) as refused:
        people.profile(by, name=name, seen=people.seen(name=name_seen))
    assert refused.value.field == "name"
    assert not Profile.objects.filter(user=by.user, is_open=True).exists()
    profile = people.profile(by)
    with pytest.raises(Refusal):
        people.profile(by, name=name, seen=people.seen(name=name_seen), open_now=False)
    profile.refresh_from_db()
    assert profile.name


def test_a_minor_may_write_but_not_open():
    by = make.person(age_group=AgeGroup.TEEN)
    people.profile(by, open_now=False)
    with pytest.raises(Refusal, match="18歳未満"):
        people.profile(by)
    assert not Profile.objects.get(user=by.user).is_open


def test_the_database_refuses_to_open_the_profile_of_a_minor(clock):
    profile = people.profile(make.person(age_group=AgeGroup.TEEN), open_now=False)
    with pytest.raises(IntegrityError, match="18歳未満"), transaction.atomic():
        Profile.objects.filter(pk=profile.pk).update(
            is_open=True, opened_at=profile.created_at, name="x", name_seen="everybody"
        )


def test_a_minor_is_nowhere_whatever_the_row_says(client):
    profile = people.profile(name="わかば")
    User.objects.filter(pk=profile.user_id).update(age_group=AgeGroup.TEEN, adult_confirmed_on=None)
    assert client.get(profile.get_absolute_url()).status_code == 404
    assert client.get(f"{profile.get_absolute_url()}photo/").status_code == 404
    for address in ("/people/", "/people/?q=わかば", "/search/?q=わかば"):
        assert profile.get_absolute_url() not in client.get(address).content.decode()
    assert signed_in(make.UserActor(profile.user)).get(profile.get_absolute_url()).status_code == 404


def test_closing_takes_everything_away_at_once_and_twice_is_once(client):
    by = make.person(name="きえる 人")
    where = make.community()
    make.member(where, by, show_name=True)
    profile = people.profile(by, name="きえる 人", photo=people.photo(by))
    photo = f"{profile.get_absolute_url()}photo/"
    assert client.get(photo).status_code == 200
    assert "きえる 人" in client.get(where.get_absolute_url()).content.decode()
    for _ in range(2):
        actions.close_profile(by=by)
        assert client.get(photo).status_code == 404
        assert client.get(profile.get_absolute_url()).status_code == 404
        assert "きえる 人" not in client.get(where.get_absolute_url()).content.decode()
        assert found("きえる") == []
        assert not Membership.objects.filter(user=by.user, show_name=True).exists()


def test_what_was_written_is_kept_and_opens_again_at_the_same_address(client):
    by = make.person()
    profile = people.profile(by, does="また来ました")
    actions.close_profile(by=by)
    again = people.profile(by, does="また来ました")
    assert again.pk == profile.pk
    assert "また来ました" in client.get(profile.get_absolute_url()).content.decode()


def test_a_photo_is_drawn_anew_small_and_square_without_what_the_camera_wrote(client):
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    by = make.person()
    sent = SimpleUploadedFile("me.jpg", people.picture(900, 1400, exif=exif))
    who = signed_in(by)
    answer = who.post("/me/profile/", form_of(who, photo=sent, photo_seen="everybody", open="1"))
    assert answer.status_code == 303
    profile = Profile.objects.get(user=by.user)
    body = b"".join(client.get(f"{profile.get_absolute_url()}photo/").streaming_content)
    assert b"secret place" not in body
    with Image.open(io.BytesIO(body)) as picture:
        assert picture.size == (480, 480)
        assert not picture.getexif()
    old = profile.photo
    people.profile(by, photo=None)
    old.refresh_from_db()
    assert old.state == "staged"  # belongs to nobody: the sweep deletes it
    assert default_storage.exists(old.storage_name)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("me.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "この欄で受け付けるのは、JPEG"),
        ("me.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "中身はJPEGではありません"),
        ("me.jpg", b"\xff\xd8\xff" + b"0" * 40_000_000, "ファイルが大きすぎます(40.0MB)。8MBまで"),
    ],
)
def test_an_svg_and_a_photo_of_40_megabytes_are_refused_with_the_way_out(name, content, says):
    by = make.person()
    client = signed_in(by)
    answer = client.post(
        "/me/profile/", form_of(client, photo=SimpleUploadedFile(name, content), does="残る文")
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert "残る文" in page


@pytest.mark.parametrize(
    "link",
    ["http://example.jp/", "https://", "https://user@example.jp/", "https://127.0.0.1/", "https://a.jp:8080/",
     "javascript:alert(1)", "https://example.jp/ a", "https://localhost/", "https://exa\u202emple.jp/", "https://[::1]/"],
)  # fmt: skip
def test_a_link_that_hides_where_it_leads_is_refused(link):
    with pytest.raises(ValidationError):
        clean_link(link)


@pytest.mark.parametrize(
    "link", ["https://example.jp/あ?x=1", "https://日本語.jp/", "https://a.example.co.jp"]
)
def test_an_honest_link_is_kept(link):
    assert clean_link(f" {link} ") == link


def test_the_page_of_ones_own_shows_both_previews_and_stores_nothing(client):
    by = make.person()
    own = signed_in(by)
    assert client.get("/me/profile/").status_code == 302
    data = form_of(
        own, name="みほん", does="近い人だけ", name_seen="everybody", does_seen="members", preview="1"
    )
    answer = own.post("/me/profile/", data)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert_html(answer.content)
    far, near = page.split("同じコミュニティの人の見え方")
    assert "みほん" in far.partition('id="preview"')[2]
    assert "近い人だけ" not in far.partition('id="preview"')[2]
    assert "近い人だけ" in near
    assert not Profile.objects.filter(user=by.user).exists()
    assert own.post("/me/profile/", data | {"links": "http://x.jp"}).status_code == 422


def test_a_form_sent_twice_is_one_profile_and_the_close_button_works_from_the_page():
    by = make.person()
    own = signed_in(by)
    data = form_of(own, name="ふたたび", name_seen="everybody", open="1")
    assert [own.post("/me/profile/", data).status_code for _ in range(2)] == [303, 303]
    profile = Profile.objects.get(user=by.user)
    assert [entry.event for entry in audit.history(profile)].count("communities.profile.saved") == 1
    page = own.get("/me/profile/")
    assert_html(page.content)
    assert (
        own.post("/me/profile/close/", {"once": page.context["closing"].initial["once"]}).status_code == 303
    )
    profile.refresh_from_db()
    assert not profile.is_open
    assert_html(own.get("/me/").content)
    assert_html(own.get("/me/profile/close/").content)


def test_the_export_of_a_person_holds_the_profile_with_who_sees_what():
    from communities.personal.people import personal_data

    profile = people.profile(name="のこる", seen=people.seen(does="members"))
    (row,) = personal_data(profile.user_id)["プロフィール"]
    assert row["名前または呼び名"] == "のこる"
    assert row["やっていることを見せる相手"] == "同じコミュニティの人"
    assert personal_data(make.person().user_id)["プロフィール"] == []


def form_of(client, **values):
    """The form as a browser sends it."""
    form = client.get("/me/profile/").context["form"]
    return {"once": form.initial["once"], "name": "試験", "name_seen": "everybody", **values}
