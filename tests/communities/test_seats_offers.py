"""Offers: every freed seat goes to the first party that fits, for a day, told once; and what is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities import actions, sweeping
from communities.models import EventSeats, Registration
from portal.kernel import audit
from portal.kernel import clock as time
from portal.kernel.actors import TokenActor
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories import communities as make

pytestmark = pytest.mark.django_db


def seats(event):
    row = EventSeats.objects.get(event=event)
    return (row.confirmed_count, row.offered_count, row.waiting_count)


def link(party):
    return TokenActor("registration", f"registration:{party.pk}")


def queue(capacity, *sizes, **kwargs):
    """An event with parties of these sizes, in this order."""
    event = make.event(capacity=capacity, **kwargs)
    return event, [make.registration(event, party_size=size) for size in sizes]


def states(event):
    return list(Registration.objects.filter(event=event).order_by("position").values_list("state", flat=True))


def told(party, name):
    return OutboxMessage.objects.filter(about_id=str(party.pk), template=f"communities/mail/{name}").count()


def leave(party):
    actions.cancel_registration(by=link(party), registration=party)


def test_a_freed_seat_is_offered_to_the_first_party_that_fits_for_a_day(clock):
    clock.set("2026-12-01T10:00:00+09:00")
    event, (first, _, large, small) = queue(3, 2, 1, 3, 2)
    leave(first)
    assert states(event) == ["cancelled", "confirmed", "waiting", "offered"]
    small.refresh_from_db()
    assert small.offer_ends_at == time.at_jst(time.today_jst() + timedelta(days=1)).replace(hour=10)
    assert seats(event) == (1, 2, 3)
    assert (told(small, "offered"), told(large, "offered")) == (1, 0)
    [entry] = [each for each in audit.history(small) if each.event.endswith(".offer")]
    assert entry.actor_ref == "job:offer_next"


def test_two_small_parties_share_what_a_large_one_gave_back():
    event, (large, *_) = queue(3, 3, 1, 2, 1)
    leave(large)
    assert states(event) == ["cancelled", "offered", "offered", "waiting"]


def test_accepting_by_link_gives_the_seat_and_is_told_once():
    event, (first, second) = queue(1, 1, 1)
    leave(first)
    actions.accept_offer(by=link(second), registration=second)
    assert (second.state, second.offer_ends_at, seats(event)) == ("confirmed", None, (1, 0, 0))
    with pytest.raises(Refusal, match="いま「参加できます」です"):
        actions.accept_offer(by=link(second), registration=second)
    assert told(second, "offer_accepted") == 1


def test_declining_cancels_and_the_next_is_offered():
    event, (first, second, third) = queue(1, 1, 1, 1)
    leave(first)
    actions.decline_offer(by=link(second), registration=second)
    assert states(event) == ["cancelled", "cancelled", "offered"]
    assert (told(second, "offer_declined"), told(third, "offered")) == (1, 1)
    assert second.cancelled_at is not None


def test_an_offer_that_runs_out_goes_to_the_next_and_the_party_goes_last(clock):
    clock.set("2026-12-01T10:00:00+09:00")
    event, (first, second, third) = queue(1, 1, 1, 1)
    leave(first)
    clock.set("2026-12-02T09:59:00+09:00")
    assert sweeping.sweep_offers() == 0
    clock.set("2026-12-02T10:00:00+09:00")
    assert [sweeping.sweep_offers(), sweeping.sweep_offers()] == [1, 0]
    assert states(event) == ["cancelled", "waiting", "offered"]
    second.refresh_from_db()
    assert (second.position, second.turn, second.offer_ends_at) == (2, 4, None)
    assert (told(second, "offer_expired"), told(third, "offered")) == (1, 1)
    leave(third)
    assert states(event) == ["cancelled", "offered", "cancelled"]
    assert told(second, "offered") == 2


def test_an_offer_that_ran_out_is_refused_before_and_after_the_sweep(clock):
    clock.set("2026-12-01T10:00:00+09:00")
    event, (first, second, _) = queue(1, 1, 1, 1)
    leave(first)
    clock.set("2026-12-02T10:00:00+09:00")
    for answer in (actions.accept_offer, actions.decline_offer):
        with pytest.raises(Refusal, match=r"期限.12月2日 10時00分.が過ぎたため"):
            answer(by=link(second), registration=second)
    sweeping.sweep_offers()
    with pytest.raises(Refusal, match="期限が過ぎたため、お受けできません"):
        actions.accept_offer(by=link(second), registration=second)
    assert seats(event) == (0, 1, 1)


def test_another_partys_link_answers_nothing_and_who_keeps_the_list_may():
    _, (first, second) = queue(1, 1, 1)
    leave(first)
    for stranger in (link(first), make.person(), make.ward_officer("151017")):
        with pytest.raises(PermissionDenied):
            actions.accept_offer(by=stranger, registration=second)
    assert actions.accept_offer(by=make.ward_officer(), registration=second).state == "confirmed"


def test_nothing_is_offered_or_accepted_once_the_event_is_called_off():
    event, (first, second) = queue(1, 1, 1)
    leave(first)
    actions.cancel_event(by=make.ward_officer(), event=event, note="大雨")
    with pytest.raises(Refusal, match="いま「中止」です"):
        actions.accept_offer(by=link(second), registration=second)
    leave(second)
    assert seats(event) == (0, 0, 0)


def test_a_larger_capacity_is_offered_on_and_a_smaller_one_than_taken_refused():
    event, _ = queue(2, 2, 1, 1)
    officer = make.ward_officer()
    actions.edit_event(by=officer, event=event, capacity=3)
    assert states(event) == ["confirmed", "offered", "waiting"]
    with pytest.raises(ValidationError) as refused:
        actions.edit_event(by=officer, event=event, capacity=2)
    [words] = refused.value.message_dict["capacity"]
    assert words == "もう2人が参加を決め、1人に案内中です。定員は、3人以上にしてください。"
    actions.edit_event(by=officer, event=event, capacity=None)
    assert states(event) == ["confirmed", "offered", "offered"]
    assert [entry.data for entry in audit.history(event) if entry.event.endswith("capacity_changed")] == [
        {"from": 3, "to": None},
        {"from": 2, "to": 3},
    ]


def test_a_smaller_party_frees_seats_and_may_fit_itself():
    event, (first, _, third) = queue(3, 3, 2, 3)
    actions.reduce_party(by=link(first), registration=first, party_size=2)
    assert (states(event), seats(event)) == (["confirmed", "waiting", "waiting"], (2, 0, 5))
    actions.reduce_party(by=link(third), registration=third, party_size=1)
    assert (states(event), seats(event)) == (["confirmed", "waiting", "offered"], (2, 1, 2))
    assert told(first, "party_reduced") == 1
    [entry] = [each for each in audit.history(first) if each.event.endswith("party_reduced")]
    assert entry.data == {"from": 3, "to": 2}


@pytest.mark.parametrize(("size", "names"), [(3, []), (0, []), (4, [])])
def test_a_party_never_grows(size, names):
    _, (first,) = queue(5, 3)
    with pytest.raises(Refusal) as refused:
        actions.reduce_party(by=link(first), registration=first, party_size=size, party_names=names)
    assert refused.value.field == "party_size"


def test_a_smaller_party_has_fewer_names_and_stays_its_own():
    _, (first, other) = queue(5, 3, 2)
    with pytest.raises(ValidationError, match="人数より多く"):
        actions.reduce_party(by=link(first), registration=first, party_size=1, party_names=["佐久間 湊"])
    for stranger in (link(other), make.person()):
        with pytest.raises(PermissionDenied):
            actions.reduce_party(by=stranger, registration=first, party_size=1)
    leave(first)
    with pytest.raises(Refusal, match="いま「取消し」です"):
        actions.reduce_party(by=link(first), registration=first, party_size=1)


def test_on_the_last_day_no_offer_goes_out_and_the_staff_hands_out_the_seats(clock):
    clock.set("2026-12-01T10:00:00+09:00")
    starts = time.now() + timedelta(hours=10)
    event, (first, second, third) = queue(2, 2, 1, 2, starts_at=starts)
    officer = make.ward_officer()
    with pytest.raises(Refusal, match="順番にメールで案内しています"):
        actions.seat_today(by=officer, registration=second)
    clock.set("2026-12-01T16:00:00+09:00")
    leave(first)
    assert states(event) == ["cancelled", "waiting", "waiting"]
    with pytest.raises(PermissionDenied):
        actions.seat_today(by=make.person(), registration=second)
    actions.seat_today(by=officer, registration=second)
    assert (states(event), seats(event)) == (["cancelled", "confirmed", "waiting"], (1, 0, 2))
    with pytest.raises(Refusal, match="のこりは1席です。2人分の席がありません"):
        actions.seat_today(by=officer, registration=third)
    assert (told(second, "offer_accepted"), told(second, "offered")) == (1, 0)


def test_the_sweep_offers_what_was_left_free_and_twice_changes_nothing():
    event, (_, second) = queue(1, 1, 1)
    EventSeats.objects.filter(event=event).update(capacity=2)  # as before offers existed
    sweeping.sweep_offers()
    sweeping.sweep_offers()
    assert (states(event), seats(event)) == (["confirmed", "offered"], (1, 1, 0))
    assert told(second, "offered") == 1
