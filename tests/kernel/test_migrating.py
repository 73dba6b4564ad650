"""First migrations that make their tables whole: they hold nothing that would have to run step by step."""

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel
from pgtrigger.migrations import AddTrigger

from portal.kernel.migrating import LATER, Whole


def whole() -> list[Whole]:
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    assert migrations is not None
    return [one for one in migrations.values() if isinstance(one, Whole)]


def test_they_are_first_and_only_add_to_what_they_make() -> None:
    assert {one.app_label for one in whole()} == {"grants"}
    for one in whole():
        assert one.initial
        made = {operation.name_lower for operation in one.operations if isinstance(operation, CreateModel)}
        for operation in one.operations:
            assert isinstance(operation, (CreateModel, AddTrigger, *LATER)), operation.describe()
            if isinstance(operation, LATER):
                assert operation.model_name_lower in made, operation.describe()


def test_the_tables_have_what_is_added_after_them(db: None) -> None:
    """A foreign key, a constraint and an index that stand after the `CreateModel` are in the database, each once."""
    from django.db import connection

    added = [
        operation
        for one in whole()
        for operation in one.operations
        if isinstance(operation, LATER) and not hasattr(operation, "field")
    ]
    assert added
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint UNION ALL SELECT relname FROM pg_class WHERE relkind = 'i'"
        )
        names = [name for (name,) in cursor.fetchall()]
    for operation in added:
        name = getattr(operation, "constraint", None) or operation.index
        assert name.name in names
