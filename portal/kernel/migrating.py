"""A first migration that makes its tables from what they come to, not step by step.

Django draws every model anew for each of a hundred `CreateModel`s, and all that refer to it: half a minute for one app.
Here the state is worked out first, the models are drawn once, and every table is made as it stands at the end.
"""

from typing import Any

from django.db import migrations
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from pgtrigger.migrations import AddTrigger

LATER = (AddField, AddConstraint, AddIndex)
TAKEN = (
    CreateModel,
    AddTrigger,
    *LATER,
)  # what a first migration is made of; anything else would have to run in its turn


class Whole(migrations.Migration):
    """For an app's first migration: what is added later to a model made here is in its table from the beginning."""

    def apply(self, project_state: Any, schema_editor: Any, collect_sql: bool = False) -> Any:
        """Make the tables. Foreign keys follow at the end, as always, so that their order does not matter.

        Raises TypeError for an operation that is none of `TAKEN`, ValueError for one that adds to a table not made here.
        """
        self._check()
        before = project_state.clone()
        project_state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        made = {operation.name_lower for operation in self.operations if isinstance(operation, CreateModel)}
        for operation in self.operations:
            if isinstance(operation, LATER) and operation.model_name_lower in made:
                continue
            operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state

    def _check(self) -> None:
        made = {operation.name_lower for operation in self.operations if isinstance(operation, CreateModel)}
        for operation in self.operations:
            if not isinstance(operation, TAKEN):
                raise TypeError(f"{self}: {operation.describe()} belongs in a migration of its own")
            if isinstance(operation, LATER) and operation.model_name_lower not in made:
                raise ValueError(f"{self}: {operation.describe()}, which is not made here")
