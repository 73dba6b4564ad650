"""Insert a row unless its twin is there: one statement, no savepoint, whoever races."""

from django.db import connections, models, router
from django.db.models import sql
from django.db.models.constants import OnConflict


def insert_new(row: models.Model) -> bool:
    """Insert `row`; False when a row with one of its unique values was first, which then stands.

    Waits for a twin whose transaction is still under way. Checks and foreign keys raise IntegrityError as ever. The
    primary key must be known before: nothing is read back.
    """
    model = type(row)
    using = router.db_for_write(model, instance=row)
    query = sql.InsertQuery(model, on_conflict=OnConflict.IGNORE)
    query.insert_values(list(model._meta.local_concrete_fields), [row])
    ((statement, values),) = query.get_compiler(using=using).as_sql()
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)
        is_new = bool(cursor.rowcount == 1)
    row._state.adding, row._state.db = not is_new, using
    return is_new
