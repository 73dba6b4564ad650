"""案内図: a picture of the way with its words, seen by whoever sees the event; without it the address is enough."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from communities import actions
from communities.models import VenueSketch
from portal.kernel.models import AuditEntry, StoredFile
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories import people
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db
WAY = "駅の東口を出て左、郵便局の角を右"


@pytest.fixture
def by():
    return make.ward_officer()


def signed_in(who) -> StrictClient:
    client = StrictClient()
    client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def seen(event) -> int:
    return StrictClient().get(f"/events/{event.pk}/sketch/").status_code


def test_the_picture_stands_below_the_address_with_its_words(by):
    event = make.event(by=by, venue="里山の集会所", address="秋葉区1-2")
    before = StrictClient().get(event.get_absolute_url()).content.decode()
    assert "秋葉区1-2" in before
    assert "案内図" not in before
    assert seen(event) == 404
    actions.set_sketch(by=by, event=event, file=make.image(by), alt=WAY)
    page = StrictClient().get(event.get_absolute_url()).content.decode()
    assert page.index("秋葉区1-2") < page.index(f'src="/events/{event.pk}/sketch/"')
    assert f'alt="{WAY}"' in page
    assert f"<figcaption>{WAY}</figcaption>" in page
    assert 'width="40" height="30"' in page
    assert seen(event) == 200


def test_it_is_seen_by_whoever_sees_the_event(by):
    event = make.event(by=by, publish=False)
    actions.set_sketch(by=by, event=event, file=make.image(by), alt=WAY)
    assert seen(event) == 404
    assert signed_in(by).get(f"/events/{event.pk}/sketch/").status_code == 200
    actions.publish_event(by=by, event=event)
    assert seen(event) == 200
    actions.hide_object(by=by, subject="event", row=event, reason="確かめています")
    assert seen(event) == 404


def test_what_is_replaced_or_taken_away_is_swept(by):
    event = make.event(by=by)
    first, second = make.image(by), make.image(by)
    actions.set_sketch(by=by, event=event, file=first, alt=WAY)
    actions.set_sketch(by=by, event=event, file=first, alt="駅を出て左")
    assert VenueSketch.objects.get().alt == "駅を出て左"
    actions.set_sketch(by=by, event=event, file=second, alt=WAY)
    states = dict(StoredFile.objects.values_list("pk", "state"))
    assert (states[first.pk], states[second.pk]) == ("staged", "attached")
    for _ in range(2):
        actions.set_sketch(by=by, event=event, file=None)
    assert StoredFile.objects.get(pk=second.pk).state == "staged"
    assert default_storage.exists(second.storage_name)
    assert seen(event) == 404
    events = AuditEntry.objects.filter(event__startswith="communities.event.sketch").values_list(
        "event", flat=True
    )
    assert [name.rpartition("_")[2] for name in events.order_by("id")] == ["set", "set", "set", "removed"]


def test_what_is_refused(by):
    event = make.event(by=by)
    with pytest.raises(PermissionDenied):
        actions.set_sketch(by=make.person(), event=event, file=make.image(by), alt=WAY)
    with pytest.raises(ValidationError):
        actions.set_sketch(by=by, event=event, file=make.image(by), alt="")
    with pytest.raises(Refusal, match="画像にして"):
        actions.set_sketch(by=by, event=event, file=make.stored(by), alt=WAY)
    other, taken = make.event(by=by), make.image(by)
    actions.set_sketch(by=by, event=other, file=taken, alt=WAY)
    with pytest.raises(Refusal, match="ほかのもの"):
        actions.set_sketch(by=by, event=event, file=taken, alt=WAY)
    assert VenueSketch.objects.count() == 1


def test_the_form_takes_a_picture_keeps_it_and_takes_it_away():
    where = make.community()
    organiser = make.organiser(where)
    event, client = make.event(where), signed_in(organiser)
    address = f"/events/{event.pk}/sketch/edit/"
    home = client.get(f"{where.get_absolute_url()}manage/events/{event.pk}/").content.decode()
    assert f'<a href="{address}">会場の案内図</a>' in home
    once = client.get(address).context["form"].initial["once"]
    refused = client.post(address, {"once": once, "file": SimpleUploadedFile("図.jpg", people.picture())})
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"alt"})
    token = refused.context["form"].fields["file"].widget.token
    done = client.post(address, {"once": once, "file-staged": token, "alt": WAY})
    assert done.status_code == 303
    assert VenueSketch.objects.get(event=event).alt == WAY
    once = client.get(address).context["form"].initial["once"]
    svg = client.post(address, {"once": once, "file": SimpleUploadedFile("図.svg", b"<svg/>"), "alt": WAY})
    assert (svg.status_code, set(svg.context["form"].errors)) == (422, {"file"})
    gone = client.post(address, {"once": once, "file-remove": "on", "alt": WAY})
    assert gone.status_code == 303
    assert not VenueSketch.objects.exists()


def test_it_costs_no_query_more(by, assert_queries):
    event = make.event(by=by)
    with assert_queries(2):
        StrictClient().get(event.get_absolute_url())
    actions.set_sketch(by=by, event=event, file=make.image(by), alt=WAY)
    with assert_queries(2):
        StrictClient().get(event.get_absolute_url())
