"""What stands at the door: broken input, stale forms, refusals, health, and logs without personal data."""

import io
import json
import logging
from datetime import timedelta

import pytest
import structlog
from django import forms as django_forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from portal.kernel import clock, errors, health, logs
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.models import Heartbeat
from portal.kernel.refusals import Refusal

pytestmark = pytest.mark.django_db


class WordForm(OnceForm):
    word = django_forms.CharField(max_length=20)


@keeps_form
def form_view(request: HttpRequest) -> HttpResponse:
    form = WordForm(request.POST or None, once=request)
    if request.GET.get("misbehaves"):
        Heartbeat.objects.create(name="written behind the form")
    if form.acts(lambda word: Heartbeat.objects.create(name=word)):
        return HttpResponse("done")
    return HttpResponse(f"{form.non_field_errors()}{form['word'].value()}", status=form.status)


def plain_view(request: HttpRequest) -> HttpResponse:
    Heartbeat.objects.create(name="plain")
    return HttpResponse("written")


def refusing_view(request: HttpRequest) -> HttpResponse:
    raise {
        "refusal": Refusal("席が埋まりました。"),
        "denied": PermissionDenied("担当者だけができます。"),
        "gone": Http404(),
    }[request.GET["how"]]


def crashing_view(request: HttpRequest, token: str) -> HttpResponse:
    raise RuntimeError("里帆 secret@example.jp")


urlpatterns = [
    path("form/", form_view),
    path("plain/", plain_view),
    path("refusing/", refusing_view),
    path("crash/<str:token>/", crashing_view),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
]
handler400, handler403 = errors.bad_request, errors.permission_denied
handler404, handler500 = errors.page_not_found, errors.server_error


@pytest.fixture(autouse=True)
def addresses():  # type: ignore[no-untyped-def]
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.parametrize("address", ["/form/?q=%00", "/form/%00", "/form/?%00=1", "/form/?q=a%00b"])
def test_nul_in_an_address_is_400(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_stale_csrf_gives_the_filled_form_back(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/form/", {"word": "のこる"})
    assert answer.status_code == 403
    assert "のこる" in answer.content.decode()
    assert "入力した内容は残っています" in answer.content.decode()
    assert not Heartbeat.objects.exists()


def test_stale_csrf_cannot_write_even_by_mistake() -> None:
    answer = Client(enforce_csrf_checks=True).post("/form/?misbehaves=1", {"word": "x"})
    assert answer.status_code == 403
    assert not Heartbeat.objects.exists()


def test_stale_csrf_elsewhere_and_from_elsewhere_is_an_error_page() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/plain/").status_code == 403
    foreign = strict.post("/form/", {"word": "x"}, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert "ほかのサイト" in foreign.content.decode()
    assert strict.post("/nowhere/").status_code == 404
    assert not Heartbeat.objects.exists()


@pytest.mark.parametrize(
    ("how", "status", "text"),
    [
        ("refusal", 409, "席が埋まりました。"),
        ("denied", 403, "担当者だけができます。"),
        ("gone", 404, ""),
    ],
)
def test_refusals_become_pages_with_their_reason(client: Client, how: str, status: int, text: str) -> None:
    answer = client.get(f"/refusing/?how={how}")
    assert (answer.status_code, text in answer.content.decode()) == (status, True)


def test_server_error_page_needs_no_database(django_db_blocker) -> None:  # type: ignore[no-untyped-def]
    with django_db_blocker.block():
        assert errors.server_error(HttpRequest()).status_code == 500


def test_healthz_and_readyz_name_what_is_missing(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
    Heartbeat.objects.create(name="beat", at=clock.now() - timedelta(minutes=10))
    client.raise_request_exception = False
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "migrations": True, "redis": False, "beat": False}


def test_logs_hold_route_and_frames_but_no_token_message_or_address() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.getLogger().handlers[0].formatter)
    logging.getLogger().addHandler(handler)
    try:
        Client(raise_request_exception=False).get(
            "/crash/abcTOKENabc/?q=里帆", headers={"User-Agent": "agent/1.0"}
        )
    finally:
        logging.getLogger().removeHandler(handler)
    text = stream.getvalue()
    lines = [json.loads(line) for line in text.splitlines()]
    assert any(line.get("problem") == "RuntimeError" and line["request_id"] for line in lines), text
    assert any("/crash/<str:token>/" in str(line.get("request")) for line in lines), text
    for secret in ("TOKEN", "里帆", "secret@example.jp", "agent/1.0", "127.0.0.1"):
        assert secret not in text


def test_without_values_reads_an_exception_given_as_object() -> None:
    event = logs.without_values(None, "", {"event": "x", "exc_info": ValueError("里帆"), "ip": "192.0.2.1"})
    assert event == {"event": "x", "problem": "ValueError", "frames": []}
    assert structlog.is_configured()
