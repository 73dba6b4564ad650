"""Every size of a photo follows the rule of what it belongs to, and pages name the sizes."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from communities import actions
from communities.models import Photo, PostingRule
from portal.kernel import uploads
from portal.kernel.models import StoredFile
from tests.factories import communities as make
from tests.factories import people
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db
SIZES = ("", "?w=160", "?w=480", "?w=1200")


def large(by) -> StoredFile:  # type: ignore[no-untyped-def]
    """A staged picture that has all smaller sizes."""
    out = io.BytesIO()
    Image.effect_noise((400, 300), 90).resize((1_600, 1_200)).convert("RGB").save(out, format="JPEG")
    return uploads.stage(SimpleUploadedFile("me.jpg", out.getvalue()), by=by, accept=uploads.IMAGES)


def seen(address: str) -> list[int]:
    """What a visitor gets at this address in every size."""
    client = StrictClient()
    return [client.get(address + size).status_code for size in SIZES]


def test_sizes_of_a_post_come_and_go_with_the_post() -> None:
    where, officer = make.community(), make.ward_officer()
    member = make.person()
    make.member(where, member)
    PostingRule.objects.create(community=where, holds_first=True)
    photo = make.new_photo(member, file=large(member))
    post = actions.write_post(by=member, community=where, title="題", body="本文", photo=photo, publish=True)
    row = Photo.objects.select_related("file").get()
    assert row.file.widths == [160, 480, 1_200]
    assert seen(row.get_absolute_url()) == [404] * 4
    actions.move_post(by=officer, post=post, step="release")
    assert seen(row.get_absolute_url()) == [200] * 4
    actions.move_post(by=officer, post=post, step="take_down", note="まちがい")
    assert seen(row.get_absolute_url()) == [404] * 4
    actions.remove_photo(by=officer, photo=row)
    assert seen(row.get_absolute_url()) == [404] * 4
    assert StoredFile.objects.get(pk=row.file_id).state == "staged"


def test_sizes_of_a_portrait_are_gone_with_the_profile() -> None:
    by = make.person()
    profile = people.profile(by, photo=large(by))
    address = f"{profile.get_absolute_url()}photo/"
    assert seen(address) == [200] * 4
    assert f'src="{address}?w=160"' in StrictClient().get("/people/").content.decode()
    actions.close_profile(by=by)
    assert seen(address) == [404] * 4


def test_sizes_of_a_report_wait_for_it() -> None:
    by, event = make.ward_officer(), make.event(starts_at=make.moment(-1), publish=False)
    for step in (actions.publish_event, actions.hold_event):
        step(by=by, event=event)
    row = actions.add_event_photo(by=by, event=event, file=large(by), alt="輪", consented=True)
    address = f"{event.get_absolute_url()}photos/{row.pk}/"
    assert seen(address) == [404] * 4
    actions.report_event(by=by, event=event, result="話した", adults_count=3)
    assert seen(address) == [200] * 4
    page = StrictClient().get(event.get_absolute_url()).content.decode()
    assert f"{address}?w=480 480w" in page
    actions.remove_event_photo(by=by, event=event, photo=row)
    assert seen(address) == [404] * 4


def test_lists_and_pages_name_the_sizes_of_a_post() -> None:
    where, officer = make.community(), make.ward_officer()
    post = make.post(where, officer, photo=make.new_photo(officer, file=large(officer)))
    row = Photo.objects.get()
    named = f'srcset="{row.get_absolute_url()}?w=160 160w, {row.get_absolute_url()}?w=480 480w'
    community = where.get_absolute_url()
    for address in (post.get_absolute_url(), community, f"{community}posts/", "/", "/wards/akiha/"):
        page = StrictClient().get(address).content.decode()
        assert named in page, address
        assert 'width="1600" height="1200" loading="lazy"' in page, address
