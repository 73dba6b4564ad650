"""A file that was chosen survives a refused form, for its sender alone."""

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from portal.kernel import uploads
from portal.kernel.actors import Actor, UserActor, VisitorActor
from portal.kernel.forms import OnceForm
from portal.kernel.models import Heartbeat, StoredFile
from tests.support import files

pytestmark = pytest.mark.django_db


class Person:
    def __init__(self, pk: str) -> None:
        self.pk = pk


HANAKO, TARO = UserActor(Person("1")), UserActor(Person("2"))  # type: ignore[arg-type]


class PaperForm(OnceForm):
    title = forms.CharField(label="名前")
    file = uploads.UploadField(label="見積書", accept=(uploads.PDF,), max_bytes=1_000)


class OptionalForm(OnceForm):
    file = uploads.UploadField(label="見積書", required=False)


def form_of(kind: type[OnceForm], data: dict[str, Any], *, actor: Actor = HANAKO, **more: Any) -> OnceForm:
    request = RequestFactory().post("/papers/")
    post, sent = QueryDict(mutable=True), MultiValueDict()
    for name, value in data.items():
        (sent if hasattr(value, "read") else post)[name] = value
    request.POST, request._files, request.actor = post, sent, actor  # type: ignore[attr-defined]
    request.csrf_failed = more.pop("csrf_failed", False)  # type: ignore[attr-defined]
    return kind(request.POST, request.FILES, once=request, **more)


def token_in(form: OnceForm) -> str:
    widget = form.fields["file"].widget
    assert isinstance(widget, uploads.UploadWidget)
    return widget.token


def test_a_good_form_gives_the_staged_file() -> None:
    form = form_of(PaperForm, {"title": "名前", "file": files.upload("見積書.pdf")})
    assert form.is_valid(), form.errors
    stored = form.cleaned_data["file"]
    assert (stored.filename, stored.state, stored.uploaded_by_ref) == ("見積書.pdf", "staged", "user:1")


def test_a_refused_form_keeps_the_file_and_the_next_try_needs_none() -> None:
    first = form_of(PaperForm, {"title": "", "file": files.upload("見積書.pdf")})
    assert not first.is_valid()
    assert "file" not in first.errors
    html = str(first["file"])
    assert "お預かり中: 見積書.pdf(1KB)" in html
    assert f'name="file-staged" value="{token_in(first)}"' in html
    assert " required" not in html
    assert 'aria-describedby="id_file_helptext id_file_held"' in html
    assert 'id="id_file_held"' in html
    second = form_of(PaperForm, {"title": "名前", "file-staged": token_in(first)})
    assert second.is_valid(), second.errors
    assert second.cleaned_data["file"].filename == "見積書.pdf"
    assert StoredFile.objects.count() == 1


def test_a_new_file_takes_the_place_of_the_staged_one() -> None:
    first = form_of(PaperForm, {"title": "", "file": files.upload("古い.pdf")})
    assert not first.is_valid()
    second = form_of(
        PaperForm, {"title": "名前", "file-staged": token_in(first), "file": files.upload("新しい.pdf")}
    )
    assert second.is_valid()
    assert second.cleaned_data["file"].filename == "新しい.pdf"


@pytest.mark.parametrize("thief", [TARO, VisitorActor("x")])
def test_another_person_cannot_use_the_token(thief: Actor) -> None:
    token = token_of_hanako()
    form = form_of(PaperForm, {"title": "名前", "file-staged": token}, actor=thief)
    assert not form.is_valid()
    assert "お預かりの期間" in form.errors["file"][0]
    assert "見積書.pdf" not in str(form["file"])


def token_of_hanako() -> str:
    form = form_of(PaperForm, {"title": "", "file": files.upload("見積書.pdf")})
    form.is_valid()
    return token_in(form)


def test_a_visitor_keeps_the_file_when_the_session_begins() -> None:
    first = form_of(PaperForm, {"title": "", "file": files.upload("a.pdf")}, actor=VisitorActor("none"))
    assert not first.is_valid()
    second = form_of(
        PaperForm, {"title": "名前", "file-staged": token_in(first)}, actor=VisitorActor("session")
    )
    assert second.is_valid()


@pytest.mark.parametrize("token", ["x", "a:b:c", "\x00", "\ud800"])
def test_a_broken_token_asks_for_the_file_again(token: str) -> None:
    form = form_of(PaperForm, {"title": "名前", "file-staged": token})
    assert form.errors["file"] == ["ファイルを、もう一度選んでください。"]


def test_a_swept_file_is_asked_for_again() -> None:
    token = token_of_hanako()
    StoredFile.objects.all().delete()
    form = form_of(PaperForm, {"title": "名前", "file-staged": token})
    assert "もう一度選んで" in form.errors["file"][0]


def test_no_file_and_a_wrong_file_say_so_at_the_field() -> None:
    assert "file" in form_of(PaperForm, {"title": "名前"}).errors
    wrong = form_of(PaperForm, {"title": "名前", "file": files.upload("見積書.pdf", b"nothing")})
    assert "中身はPDFではありません" in wrong.errors["file"][0]
    large = form_of(PaperForm, {"title": "名前", "file": files.upload("大.pdf", b"a" * 2_000)})
    assert "1KBまで" in large.errors["file"][0]
    assert not StoredFile.objects.exists()


def test_a_stale_csrf_token_writes_nothing_and_keeps_what_was_staged() -> None:
    token = token_of_hanako()
    fresh = form_of(PaperForm, {"title": "名前", "file": files.upload("b.pdf")}, csrf_failed=True)
    assert fresh.errors["file"] == ["ファイルを、もう一度選んでください。"]
    kept = form_of(PaperForm, {"title": "名前", "file-staged": token}, csrf_failed=True)
    assert kept.is_valid()
    assert StoredFile.objects.count() == 1


def test_the_file_that_is_there_stays_unless_it_is_taken_off() -> None:
    stored = uploads.attach(
        uploads.stage(files.upload("いま.pdf"), by=HANAKO), Heartbeat.objects.create(name="a")
    )
    kept = form_of(OptionalForm, {}, initial={"file": stored})
    assert kept.is_valid()
    assert kept.cleaned_data["file"] == stored
    html = str(kept["file"])
    assert "いまのファイル: いま.pdf" in html
    assert 'name="file-remove"' in html
    off = form_of(OptionalForm, {"file-remove": "1"}, initial={"file": stored})
    assert off.is_valid()
    assert off.cleaned_data["file"] is None
    assert "いま.pdf" not in str(off["file"])


def test_nothing_chosen_is_none_where_it_may_be() -> None:
    form = form_of(OptionalForm, {})
    assert form.is_valid()
    assert form.cleaned_data["file"] is None


def test_the_same_form_twice_leads_to_the_same_result() -> None:
    def paper(*, title: str, file: StoredFile) -> Heartbeat:
        made = Heartbeat.objects.create(name=title)
        uploads.attach(file, made)
        return made

    token = token_of_hanako()
    once = form_of(PaperForm, {}).initial["once"]
    results = []
    for _ in range(2):
        form = form_of(PaperForm, {"title": "名前", "file-staged": token, "once": once})
        assert form.acts(paper), form.errors
        results.append(form.result)
    assert results[0] == results[1]
    assert Heartbeat.objects.count() == 1


def test_a_confirmation_page_carries_the_file_on() -> None:
    form = form_of(PaperForm, {"title": "名前", "file": files.upload("a.pdf"), "preview": "1"}, prefix=None)
    assert form.is_valid()
    assert uploads.hidden(form) == [("file-staged", token_in(form))]
    assert ("file-staged", token_in(form)) in form.hidden()


def test_the_field_shows_what_it_takes_and_is_tied_to_its_errors() -> None:
    form = form_of(PaperForm, {"title": "名前"})
    html = form["file"].as_field_group()
    assert 'accept=".pdf"' in html
    assert "PDF。1つ1KBまで。" in html
    assert 'class="file"' in html
    assert 'aria-invalid="true"' in html
    assert form["file"].html_name == "file"


def test_names_of_files_are_escaped() -> None:
    first = form_of(PaperForm, {"title": "", "file": files.upload("&amp;'b'.pdf")})
    assert not first.is_valid()
    assert "&amp;amp;&#x27;b&#x27;.pdf" in str(first["file"])


def test_a_field_that_was_never_bound_is_a_fault_of_the_programmer() -> None:
    class Bare(forms.Form):
        file = uploads.UploadField(label="見積書")

    form = Bare(QueryDict(), MultiValueDict({"file": [files.upload("a.pdf")]}))
    with pytest.raises(TypeError, match="bind"):
        form.is_valid()


def test_too_many_waiting_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.kernel.upload_store.MAX_STAGED", 2)
    for _ in range(2):
        uploads.stage(files.upload("a.pdf"), by=HANAKO)
    form = form_of(PaperForm, {"title": "名前", "file": files.upload("a.pdf")})
    assert "送りかけ" in form.errors["file"][0]
    assert form_of(PaperForm, {"title": "名前", "file": files.upload("a.pdf")}, actor=TARO).is_valid()


def test_the_widget_has_a_template_of_its_own() -> None:
    html = render_to_string(
        "ui/form/upload.html", {"widget": {"name": "f", "attrs": {"id": "x"}, "token": "", "held": None}}
    )
    assert "hidden" not in html


def test_errors_of_clean_come_as_validation_errors() -> None:
    field = uploads.UploadField(label="見積書")
    with pytest.raises(ValidationError, match="選んで"):
        field.clean(None)
