"""A page left open too long: 403, the form filled in as it was sent, nothing stored – for every form that writes."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import URLPattern, reverse

from communities import urls as communities_urls
from portal.kernel.export_models import Export
from portal.kernel.forms import STALE_CSRF
from portal.kernel.import_models import Import, ImportRow
from portal.kernel.models import Job, OutboxMessage, SearchEntry, StoredFile
from tests.factories import communities as make
from tests.support.files import chosen
from tests.support.html import assert_html
from tests.support.strict import StrictClient

from .cast import Cast, cast
from .parts import address, gathered, sent

KEPT = "のこるはずの言葉"
COMMUNITY = {"name": KEPT, "kana": "ノコル", "summary": "残る", "join_policy": "open"}
EVENT = {
    "title": KEPT, "starts_at": "2099-04-01T18:30", "ends_at": "2099-04-01T20:30", "venue": "公民館",
    "entry_method": "first_come", "collector": "city",
}  # fmt: skip
PARTY = {"name": KEPT, "kana": "ノコル", "email": "kept@example.jp", "party_size": "1", "consent": "on"}
INITIATIVE = {"title": KEPT, "summary": "残る"}
ROLES = {"form": "shared_roles", "our_role": KEPT, "their_role": "司会"}
COLLABORATION = {
    **ROLES, "organisation_name": "新津高等学校", "organisation_kind": "school", "started_on": "2026-04-01", "submit": "1",
}  # fmt: skip
PLATFORM = {
    "name": KEPT,
    "kana": "ノコル",
    "area": "462039",
    "stage": "considering",
    "since_on": "2026-04-01",
}
Row = tuple[str, Callable[[Cast], list[Any] | str], dict[str, str] | Callable[[Cast], dict[str, Any]], str]


def slug(made: Cast) -> list[Any]:
    return [made.community.slug]


def event(made: Cast) -> list[Any]:
    return [made.event.pk]


def slug_event(made: Cast) -> list[Any]:
    return [made.community.slug, made.event.pk]


def initiative(made: Cast) -> list[Any]:
    return [made.initiative.pk]


def submitted(made: Cast) -> list[Any]:
    return [made.submitted.pk]


def own_draft(made: Cast) -> list[Any]:
    return [make.collaboration(made.initiative, organisation_name="下書きの学校", submit=False).pk]


def draft_of_organiser(made: Cast) -> list[Any]:
    """No action lets a draft have an organiser before it is published, but importing will: the page must stand."""
    type(made.community).objects.filter(pk=made.community.pk).update(state="draft", published_at=None)
    return [made.community.slug]


def next_stage(made: Cast) -> dict[str, Any]:
    return {"stage": "preparing", "note": KEPT, "since_on": str(make.yesterday())}


def stage(made: Cast) -> list[Any]:
    return [made.platform.pk, made.platform.stages.get().pk]


def evidence(made: Cast) -> dict[str, Any]:
    by = made.people["organiser"]
    return {"evidence_kind": "photo", "evidence_file-staged": chosen(make.stored(by, f"{KEPT}.txt"), by)}


# name → (person, arguments or address, what is sent, what the page must still hold: "" where nothing is filled in)
FORMS: dict[str, Row] = {
    "community_join": ("resident", slug, {"message": KEPT}, KEPT),
    "membership_show": ("member", slug, {"show_name": "on", "about": KEPT}, KEPT),
    "membership_leave": ("member", slug, {}, ""),
    "community_edit": ("organiser", slug, COMMUNITY, KEPT),
    "community_publish_ask": ("organiser", draft_of_organiser, {}, ""),
    "membership_answer": ("organiser", lambda m: [m.community.slug, m.request.pk], {"step": "decline", "note": KEPT}, KEPT),
    "organiser_event_new": ("organiser", slug, EVENT, KEPT),
    "organiser_event": ("organiser", slug_event, {"step": "cancel", "note": KEPT}, KEPT),
    "organiser_event_edit": ("organiser", slug_event, EVENT, KEPT),
    "initiative_new": ("organiser", slug, INITIATIVE, KEPT),
    "event_register": ("anonymous", event, PARTY, KEPT),
    "initiative_edit": ("organiser", initiative, INITIATIVE, KEPT),
    "initiative_move": ("organiser", initiative, {"step": "end", "note": KEPT}, KEPT),
    "collaboration_new": ("organiser", initiative, COLLABORATION, KEPT),
    "collaboration_edit": ("organiser", own_draft, ROLES, KEPT),
    "evidence_new": ("organiser", submitted, evidence, f"{KEPT}.txt"),
    "collaboration_submit": ("organiser", own_draft, {}, ""),
    "staff_community_new": ("ward", lambda m: [], {**COMMUNITY, "area": "151050", "publish": "1"}, KEPT),
    "staff_community_detail": ("ward", lambda m: [m.draft.pk], {"step": "publish"}, ""),
    "staff_community_edit": ("ward", lambda m: [m.community.pk], COMMUNITY, KEPT),
    "staff_event_new": ("ward", lambda m: [], lambda m: {**EVENT, "publish": "1", "host": f"community:{m.community.pk}"}, KEPT),
    "staff_event_detail": ("ward", event, {"step": "cancel", "note": KEPT}, KEPT),
    "staff_event_edit": ("ward", event, EVENT, KEPT),
    "staff_collaboration_detail": ("ward", submitted, {"step": "return", "note": KEPT}, KEPT),
    "staff_platform_new": ("municipal", lambda m: [], PLATFORM, KEPT),
    "staff_platform_detail": ("municipal", lambda m: [m.platform.pk], next_stage, KEPT),
    "staff_stage_confirm": ("prefecture", stage, {}, ""),
    **gathered("FORMS"),
}  # fmt: skip


def writing_names() -> Iterator[str]:
    """Every address of communities whose view takes a POST."""
    for pattern in communities_urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        if getattr(pattern.callback, "keeps_form", False):
            yield str(pattern.name)


def test_the_table_names_every_form_that_writes():
    assert set(FORMS) == set(writing_names())


def strict_client(made: Cast, name: str) -> StrictClient:
    client = StrictClient(enforce_csrf_checks=True)
    if name != "anonymous":
        client.force_login(made.people[name].user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def stored() -> dict[str, list[tuple[Any, ...]]]:
    """Every row that an action of communities could have written, with its values."""
    kernel = [Export, Import, ImportRow, Job, OutboxMessage, SearchEntry, StoredFile]
    models = [*apps.get_app_config("communities").get_models(), *kernel]
    return {model._meta.label: sorted(map(repr, model._default_manager.values_list())) for model in models}


@pytest.fixture(scope="module")
def first_cast(django_db_setup, django_db_blocker):
    """The small world, made once for all forms and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield cast()
        transaction.set_rollback(True)


@pytest.fixture
def made(first_cast):
    """The same for one form: what a test changes is undone, in the rows and in the objects."""
    with transaction.atomic():
        yield deepcopy(first_cast)
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", FORMS)
def test_a_stale_token_answers_403_with_the_filled_form_and_stores_nothing(made, name):
    who, arguments, values, kept = FORMS[name]
    client, where, filled = strict_client(made, who), address(name, arguments(made)), sent(made, values)
    page = client.get(where)
    assert page.status_code == 200
    key = re.search(r'name="once" value="([^"]+)"', page.content.decode())[1]
    before = stored()
    answer = client.post(where, {**filled, "once": key, "csrfmiddlewaretoken": "x" * 64})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert STALE_CSRF in text
    assert kept in text
    assert_html(text)
    assert stored() == before
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]
    again = re.search(r'name="once" value="([^"]+)"', text)[1]
    done = client.post(where, {**filled, "once": again, "csrfmiddlewaretoken": token})
    assert done.status_code == 303, done.content.decode()[:2000]
    assert stored() != before


def test_a_stale_token_on_the_confirmation_page_leads_back_to_the_filled_form(made):
    client, where = (
        strict_client(made, "anonymous"),
        reverse("communities:event_register", args=[made.event.pk]),
    )
    client.get(where)
    answer = client.post(where, {**PARTY, "preview": "1", "csrfmiddlewaretoken": "x" * 64})
    assert (answer.status_code, KEPT in answer.content.decode()) == (403, True)
    assert made.event.registrations.count() == 1
