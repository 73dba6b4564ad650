"""Posts and records of activity: who writes, what is held, what is shown."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from communities import actions, queries
from communities.models import Activity, Photo, Post, PostingRule
from portal.accounts.scope import Scope
from portal.kernel import audit, clock
from portal.kernel.models import OutboxMessage, SearchEntry, StoredFile
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.support.html import assert_html

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return make.community()


@pytest.fixture
def member(where):
    return _member(where)


def _member(where, **kwargs):
    who = make.person(**kwargs)
    make.member(where, who)
    return make.fresh(who)


def hold(where):
    PostingRule.objects.create(community=where, holds_first=True)


def anonymous():
    return Scope.of(make.visitor())


def test_a_member_publishes_and_everybody_finds_it(where, member):
    post = actions.write_post(by=member, community=where, title="朝市", body="並べました", publish=True)
    assert (post.state, post.published_by, post.area_id) == ("published", member.user, where.area_id)
    assert queries.posts_visible_to(anonymous()).get() == post
    assert SearchEntry.objects.get(kind="post", object_id=post.pk).audience == ["public"]
    assert [entry.event for entry in audit.history(post)] == [
        "communities.post.publish",
        "communities.post.written",
    ]


@pytest.mark.parametrize("state", ["draft", "dissolved"])
def test_nobody_writes_where_the_community_is_not_out(state):
    where = make.community(publish=state != "draft")
    officer = make.ward_officer()
    if state == "dissolved":
        actions.move_community(by=officer, community=where, step="dissolve", note="終えました")
    with pytest.raises(PermissionDenied):
        actions.write_post(by=officer, community=where, title="題", body="本文")
    with pytest.raises(PermissionDenied):
        make.activity(where, officer)


def test_strangers_and_former_members_do_not_write(where, member):
    with pytest.raises(PermissionDenied):
        actions.write_post(by=make.person(), community=where, title="題", body="本文")
    post = actions.write_post(by=member, community=where, title="題", body="本文")
    actions.leave_community(by=member, membership=where.memberships.get(user=member.user))
    with pytest.raises(PermissionDenied):
        actions.edit_post(by=make.fresh(member), post=post, title="新しい題")
    with pytest.raises(PermissionDenied):
        actions.edit_post(by=_member(where), post=post, title="ほかの人の題")


def test_the_first_post_of_a_new_member_waits_for_an_organiser_and_the_next_does_not(where, member):
    organiser = make.organiser(where)
    hold(where)
    OutboxMessage.objects.all().delete()
    post = actions.write_post(by=member, community=where, title="はじめまして", body="本文", publish=True)
    assert post.state == "held"
    assert not queries.posts_visible_to(anonymous()).exists()
    assert [mail.to_address for mail in OutboxMessage.objects.all()] == [organiser.user.email]
    with pytest.raises(PermissionDenied):
        actions.move_post(by=member, post=post, step="release")
    actions.move_post(by=organiser, post=post, step="release")
    assert OutboxMessage.objects.filter(
        template="communities/mail/post_released", to_address=member.user.email
    )
    second = actions.write_post(by=make.fresh(member), community=where, title="次", body="本文", publish=True)
    assert second.state == "published"


def test_a_member_cannot_publish_past_the_organisers_look(where, member):
    hold(where)
    post = actions.write_post(by=member, community=where, title="題", body="本文")
    with pytest.raises(PermissionDenied):
        actions.move_post(by=member, post=post, step="publish")
    assert actions.step_post(by=member, post=post, step="publish").state == "held"
    mine = actions.write_post(
        by=make.organiser(where), community=where, title="題", body="本文", publish=True
    )
    assert mine.state == "published"


def test_a_post_given_back_says_why_and_can_come_again(where, member):
    officer = make.ward_officer()
    hold(where)
    post = actions.write_post(by=member, community=where, title="題", body="本文", publish=True)
    with pytest.raises(Refusal):
        actions.move_post(by=officer, post=post, step="give_back")
    actions.move_post(by=officer, post=post, step="give_back", note="電話番号を消してください")
    assert "電話番号" in OutboxMessage.objects.get(template="communities/mail/post_given_back").body
    assert actions.publish_post(by=member, post=post).state == "held"


def test_withdrawing_takes_a_post_out_of_pages_and_search(where, member, client):
    post = actions.write_post(by=member, community=where, title="消える題", body="本文", publish=True)
    address = post.get_absolute_url()
    assert client.get(address).status_code == 200
    actions.move_post(by=member, post=post, step="withdraw")
    assert client.get(address).status_code == 404
    assert not SearchEntry.objects.filter(kind="post").exists()
    assert "消える題" not in client.get(where.get_absolute_url()).content.decode()
    with pytest.raises(Refusal):
        actions.edit_post(by=member, post=post, title="別の題")


@pytest.mark.parametrize(
    ("shows", "group", "named"), [(True, "adult", True), (False, "adult", False), (True, "teen", False)]
)
def test_authors_are_named_only_as_the_community_names_them(client, where, shows, group, named):
    author = _member(where, name="五十嵐 蓮")
    where.memberships.filter(user=author.user).update(show_name=shows)
    if group == "teen":
        type(author.user).objects.filter(pk=author.user_id).update(age_group="teen", adult_confirmed_on=None)
    post = make.post(where, author)
    for page in (post.get_absolute_url(), f"{where.get_absolute_url()}posts/"):
        assert ("五十嵐 蓮" in client.get(page).content.decode()) is named


def test_photos_are_redrawn_have_words_and_go_for_good(client, where, member):
    post = make.post(where, member, photo=make.new_photo(member, alt="机の絵", caption="朝の広場"))
    photo = post.photos.get()
    answer = client.get(photo.get_absolute_url())
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Content-Disposition"].startswith("inline")
    page = client.get(post.get_absolute_url()).content.decode()
    assert 'alt="机の絵"' in page
    assert "朝の広場" in page
    actions.remove_photo(by=member, photo=photo)
    assert client.get(photo.get_absolute_url()).status_code == 404
    assert StoredFile.objects.get(pk=photo.file_id).state == "staged"
    assert actions.remove_photo(by=member, photo=photo) == post


def test_photos_of_a_held_post_are_not_for_everybody(client, where, member):
    hold(where)
    post = make.post(where, member, photo=make.new_photo(member))
    assert client.get(post.photos.get().get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("絵.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "JPEG"),
        ("絵.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "JPEG"),
        ("大きい.jpg", b"\xff\xd8\xff" + b"0" * 40_000_000, "10MBまで"),
    ],
)
def test_a_drawing_file_and_forty_megabytes_are_refused_clearly(client, where, member, name, content, says):
    client.force_login(member.user)
    address = f"{where.get_absolute_url()}posts/new/"
    key = client.get(address).context["form"].initial["once"]
    sent = {
        "title": "のこる題", "body": "のこる本文", "photo": SimpleUploadedFile(name, content), "photo_alt": "絵",
        "photo_caption": "一言", "photo_consent": "nobody", "publish": "1", "once": key,
    }  # fmt: skip
    answer = client.post(address, sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert says in text
    assert 'value="のこる題"' in text
    assert_html(text)
    assert not Post.objects.exists()


def test_a_photo_without_words_is_asked_for_them(client, where, member):
    client.force_login(member.user)
    address = f"{where.get_absolute_url()}posts/new/"
    key = client.get(address).context["form"].initial["once"]
    out = io.BytesIO()
    make.Image.new("RGB", (20, 20)).save(out, format="PNG")
    sent = {"title": "題", "body": "本文", "photo": SimpleUploadedFile("絵.png", out.getvalue()), "once": key}
    answer = client.post(address, {**sent, "publish": "1"})
    assert answer.status_code == 422
    assert "「写真に写っているもの」を入力してください" in answer.content.decode()
    assert not Photo.objects.exists()


def test_the_thirteenth_photo_is_refused(where):
    officer = make.ward_officer()
    record = make.activity(where, officer)
    for _ in range(12):
        actions.add_photo(by=officer, owner=record, photo=make.new_photo(officer))
    with pytest.raises(Refusal, match="12枚まで"):
        actions.add_photo(by=officer, owner=record, photo=make.new_photo(officer))


def test_members_do_not_log_activity_and_organisers_do(where, member):
    with pytest.raises(PermissionDenied):
        make.activity(where, member)
    record = make.activity(where, make.organiser(where), people_count=10, visits_count=14)
    assert record.state == "published"


def test_figures_that_cannot_be_are_refused(where):
    officer = make.ward_officer()
    with pytest.raises(ValidationError, match="延べ人数"):
        make.activity(where, officer, people_count=10, visits_count=9)
    with pytest.raises(Refusal, match="今日まで"):
        make.activity(where, officer, held_on=clock.today_jst().replace(year=clock.today_jst().year + 1))
    other = make.initiative()
    with pytest.raises(Refusal, match="取組ではありません"):
        make.activity(where, officer, initiative=other)
    assert not Activity.objects.exists()


def test_totals_are_by_fiscal_year_and_leave_out_what_was_withdrawn(client, where, clock):
    clock.set("2026-11-20")
    officer = make.ward_officer()
    day = type(make.yesterday())
    for held_on, people, visits in (
        (day(2026, 3, 31), 5, None), (day(2026, 4, 1), 10, 14), (day(2026, 11, 1), 20, None), (day(2026, 11, 2), None, None),
    ):  # fmt: skip
        make.activity(where, officer, held_on=held_on, people_count=people, visits_count=visits)
    gone = make.activity(where, officer, held_on=day(2026, 11, 3), people_count=100)
    actions.move_activity(by=officer, activity=gone, step="withdraw", note="二重の記録")
    rows = queries.with_year_totals(type(where).objects.filter(pk=where.pk)).get().year_rows
    assert [
        (row.year, row.times, row.people, row.visits, row.unknown) for row in queries.total_rows(rows)
    ] == [
        (2026, 3, 30, 34, 1),
        (2025, 1, 5, 5, 0),
    ]
    page = client.get(f"{where.get_absolute_url()}activities/").content.decode()
    assert "令和8年11月20日現在" in page
    assert client.get(gone.get_absolute_url()).status_code == 404


def test_home_and_ward_show_the_newest_posts(client, where):
    posts = [make.post(where, title=f"順番の投稿{number}") for number in range(4)]
    for address in ("/", "/wards/akiha/"):
        page = client.get(address).content.decode()
        assert [post.title in page for post in posts] == [False, True, True, True]
    assert posts[3].title not in client.get("/wards/kita/").content.decode()
