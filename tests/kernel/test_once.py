"""Forms are carried out once, and a refused form keeps everything."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from portal.kernel.actors import JobActor, VisitorActor
from portal.kernel.forms import OnceForm
from portal.kernel.models import Heartbeat, Submission
from portal.kernel.refusals import Refusal

pytestmark = pytest.mark.django_db


class BeatForm(OnceForm):
    name = forms.CharField(label="名前", max_length=40)
    file = forms.FileField(label="資料", required=False)

    def cleaned_data_for_action(self) -> dict[str, str]:
        return {"name": self.cleaned_data["name"]}


def request_of(actor=None, **data):  # type: ignore[no-untyped-def]
    request = RequestFactory().post("/beats/") if data else RequestFactory().get("/beats/")
    request.POST, request._files = QueryDict(mutable=True), MultiValueDict()
    for name, value in data.items():
        (request.FILES if name == "file" else request.POST)[name] = value
    request.actor = actor or VisitorActor("someone")
    return request


def key(actor=None) -> str:  # type: ignore[no-untyped-def]
    request = request_of(actor)
    return BeatForm(once=request).initial["once"]


def bound(actor=None, **data) -> BeatForm:  # type: ignore[no-untyped-def]
    request = request_of(actor, **data)
    return BeatForm(request.POST, request.FILES, once=request)


def create(*, name: str) -> Heartbeat:
    if name == "断る":
        raise Refusal("その名前は使えません。", field="name")
    if name == "値":
        raise ValidationError({"name": "この名前は、すでにあります。"})
    return Heartbeat.objects.create(name=name)


def test_get_neither_acts_nor_complains() -> None:
    form = BeatForm(once=request_of())
    assert (form.acts(create), form.status, form.initial["once"] != "") == (False, 200, True)


def test_valid_form_acts_and_same_payload_again_gives_the_same_result() -> None:
    once = key()
    first, again = bound(name="a", once=once), bound(name="a", once=once)
    assert first.acts(create)
    assert again.acts(create)
    assert (first.result, again.result, again.replayed) == (Heartbeat(name="a"), Heartbeat(name="a"), True)
    assert Heartbeat.objects.count() == Submission.objects.count() == 1


def test_same_key_for_something_else_is_409_with_a_fresh_key_that_works() -> None:
    once = key()
    assert bound(name="a", once=once).acts(create)
    other = bound(name="b", once=once)
    assert (other.acts(create), other.status) == (False, 409)
    assert other["once"].value() != once
    assert other["name"].value() == "b"
    assert bound(name="b", once=other["once"].value()).acts(create)


def test_files_count_as_payload() -> None:
    once = key()
    assert bound(name="a", once=once, file=SimpleUploadedFile("x.txt", b"1")).acts(create)
    assert bound(name="a", once=once, file=SimpleUploadedFile("x.txt", b"1")).acts(create)
    assert not bound(name="a", once=once, file=SimpleUploadedFile("x.txt", b"2")).acts(create)


@pytest.mark.parametrize("name", ["", "長" * 41, "a\x00b", "a\ud800b", "a\u202eb"])
def test_values_that_do_not_fit_are_422_and_store_nothing(name: str) -> None:
    form = bound(name=name, once=key())
    assert (form.acts(create), form.status) == (False, 422)
    assert form.errors["name"]
    assert not Heartbeat.objects.exists()
    assert not Submission.objects.exists()


def test_refusal_is_409_at_its_field_and_frees_the_key() -> None:
    once = key()
    form = bound(name="断る", once=once)
    assert (form.acts(create), form.status) == (False, 409)
    assert form.errors["name"] == ["その名前は使えません。"]
    assert form["once"].value() == once
    assert bound(name="a", once=once).acts(create)


def test_validation_error_of_an_action_is_422_at_its_field() -> None:
    form = bound(name="値", once=key())
    assert (form.acts(create), form.status, form.errors["name"]) == (
        False,
        422,
        ["この名前は、すでにあります。"],
    )


@pytest.mark.parametrize("once", ["", "garbage", "a:b:c"])
def test_missing_or_forged_key_does_not_act_and_offers_a_fresh_one(once: str) -> None:
    form = bound(name="a", once=once)
    assert (form.acts(create), form.status) == (False, 409)
    assert bound(name="a", once=form["once"].value()).acts(create)


def test_key_of_another_kind_of_person_is_not_taken() -> None:
    assert not bound(actor=JobActor("x"), name="a", once=key()).acts(create)


def test_stale_csrf_shows_the_filled_form_and_never_acts() -> None:
    request = request_of(name="a", once=key())
    request.csrf_failed = True
    form = BeatForm(request.POST, request.FILES, once=request)
    assert (form.acts(create), form.status, form["name"].value()) == (False, 403, "a")
    assert not Heartbeat.objects.exists()


def test_preview_keeps_every_value_for_the_confirmation_page() -> None:
    once = key()
    form = bound(name="a", once=once, preview="1")
    assert form.wants_preview()
    assert ("name", "a") in form.hidden()
    assert ("once", once) in form.hidden()
    assert not any(name == "preview" for name, _ in form.hidden())
