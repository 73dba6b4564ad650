"""Tables: coherent by constraint, in Japanese, private where they hold people, and with a linear past."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.migrations.loader import MigrationLoader

from portal.kernel import permissions, ports, workflow
from portal.kernel.management.commands.draw_workflows import page
from portal.kernel.privacy import Privacy

from . import files

OURS = ("kernel", "areas", "accounts", "documents", "communities", "grants", "indicators", "site")
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")
PERSONAL = {"email", "phone", "kana", "to_address", "birth_date", "address", "needs", "filename"}
NOT_PEOPLE = {
    "areas.Area",
    "areas.Authority",
    "areas.SchoolDistrict",
    "communities.Community",
    "communities.Platform",
    "communities.Event",
}


def our_models() -> list[type[models.Model]]:
    rows = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return [model for model in rows if not model.__name__.endswith("Event") or model.__name__ == "Event"]


def test_every_constraint_speaks_japanese() -> None:
    silent = [
        f"{model.__name__}.{constraint.name}"
        for model in our_models()
        for constraint in model._meta.constraints
        if not JAPANESE.search(str(constraint.get_violation_error_message()))
    ]
    assert silent == []


def test_constraints_are_named_after_their_table() -> None:
    wrong = [
        constraint.name
        for model in our_models()
        for constraint in model._meta.constraints
        if not constraint.name.startswith(f"{model._meta.model_name}_")
    ]
    assert wrong == []


def test_every_model_and_field_has_a_japanese_name() -> None:
    silent = [model.__name__ for model in our_models() if not JAPANESE.search(str(model._meta.verbose_name))]
    assert silent == []


def test_every_model_that_holds_people_says_why_and_how_long() -> None:
    user = apps.get_model(settings.AUTH_USER_MODEL)
    silent = []
    for model in our_models():
        names = {field.name for field in model._meta.concrete_fields}
        points = any(
            field.remote_field and field.remote_field.model is user for field in model._meta.concrete_fields
        )
        holds = bool(names & PERSONAL) or model is user or (points and "user" in names)
        if (
            holds
            and model._meta.label not in NOT_PEOPLE
            and not isinstance(getattr(model, "privacy", None), Privacy)
        ):
            silent.append(model._meta.label)
    assert silent == []


def test_privacy_names_fields_that_exist_and_a_class_that_exists() -> None:
    codes = {"1y", "3y", "5y", "10y", "account"}
    for model in our_models():
        privacy = getattr(model, "privacy", None)
        if privacy:
            names = {field.name for field in model._meta.get_fields()}
            assert set(privacy.fields) | set(privacy.sensitive) <= names, model.__name__
            assert privacy.retention in codes, model.__name__
            assert JAPANESE.search(privacy.purpose), model.__name__


@pytest.mark.parametrize("label", OURS)
def test_migrations_are_linear_and_named(label: str) -> None:
    loader = MigrationLoader(None)
    own = sorted(name for app, name in loader.disk_migrations if app == label)
    assert len(loader.graph.leaf_nodes(label)) <= 1
    assert [name[:4] for name in own] == [f"{number:04d}" for number in range(1, len(own) + 1)]
    assert not any("_auto_" in name for name in own)


def test_pictures_of_procedures_are_fresh() -> None:
    """Run `manage.py draw_workflows` when this fails."""
    folder = files.ROOT / "docs" / "workflows"
    assert {path.name: path.read_text() for path in folder.glob("*.md")} == {
        f"{flow.name}.md": page(flow) for flow in workflow.discover()
    }


def test_every_transition_asks_a_permission_that_is_defined() -> None:
    asked = {step.permission for flow in workflow.discover() for step in flow.transitions if step.permission}
    assert asked <= set(permissions.names())


def test_every_event_that_can_be_recorded_has_a_presenter() -> None:
    said = {
        text
        for path in files.python_files(*files.APPS)
        for text in files.strings(path)
        if re.fullmatch(
            r"(kernel|areas|accounts|documents|communities|grants|indicators|site)\.[a-z_]+\.[a-z_]+", text
        )
        and "audit.record" in path.read_text()
    }
    moved = {f"{flow.model.lower()}.{step.name}" for flow in workflow.discover() for step in flow.transitions}
    assert {event for event in said | moved if event not in ports.audit_presenters} == set()


def test_every_handler_subject_and_document_is_wired() -> None:
    for _, kind in ports.document_kinds.items():
        assert kind.model.lower() in {name.lower() for name in ports.visible._entries}, kind.key
        assert kind.permission in permissions.names(), kind.key
