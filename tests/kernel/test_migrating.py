"""First migrations that make their tables whole: they hold nothing that would have to run step by step."""

from typing import Any

import pytest
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField, AddIndex, CreateModel, RunSQL
from django.db.migrations.state import ProjectState

from portal.kernel.migrating import LATER, Whole


def whole() -> list[Whole]:
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    assert migrations is not None
    return [one for one in migrations.values() if isinstance(one, Whole)]


def added() -> list[Any]:
    """What the migrations add to tables that they make."""
    return [operation for one in whole() for operation in one.operations if isinstance(operation, LATER)]


def test_they_are_first() -> None:
    assert {one.app_label for one in whole()} == {"grants"}
    for one in whole():
        assert one.initial
        one._check()


@pytest.mark.parametrize(
    ("operation", "problem"),
    [
        (RunSQL("SELECT 1"), TypeError),
        (AddIndex("elsewhere", models.Index(fields=["id"], name="elsewhere_id")), ValueError),
    ],
)
def test_what_would_have_to_run_in_its_turn_is_refused(operation: Any, problem: type[Exception]) -> None:
    one = Whole("0001_initial", "grants")
    one.operations = [CreateModel("here", [("id", models.AutoField(primary_key=True))]), operation]
    with pytest.raises(problem):
        one.apply(ProjectState(), None)


def test_constraints_and_indexes_that_stand_after_their_model_are_in_the_database(db: None) -> None:
    """Each once: a second one of the same name could not be made."""
    said = [operation for operation in added() if not isinstance(operation, AddField)]
    assert said
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class WHERE relkind = 'i'"
        )
        names = {name for (name,) in cursor.fetchall()}
    for operation in said:
        name = getattr(operation, "constraint", None) or operation.index
        assert name.name in names


def test_foreign_keys_that_stand_after_their_model_are_in_the_database_once(db: None) -> None:
    fields = [operation for operation in added() if isinstance(operation, AddField)]
    assert fields
    with connection.cursor() as cursor:
        for operation in fields:
            table = f"grants_{operation.model_name_lower}"
            found = connection.introspection.get_relations(cursor, table)
            assert f"{operation.name}_id" in found, operation.describe()
            cursor.execute(
                "SELECT count(*) FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum]"
                " WHERE c.contype = 'f' AND c.conrelid = %s::regclass AND a.attname = %s",
                [table, f"{operation.name}_id"],
            )
            assert cursor.fetchone() == (1,), operation.describe()
