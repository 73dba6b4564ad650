"""Imports: a table from an office's own spreadsheet becomes rows of ours, by the normal actions.

Uploaded → columns chosen → read and shown (faults by cell, likely duplicates) → applied in one transaction → undone
while nothing refers to what came of it. Reading, applying and undoing are jobs. What can be imported is an entry of
the port `import_kinds`, filled by the floors above.
"""

from .actions import (
    ask_to_apply,
    ask_to_undo,
    choose_columns,
    decide,
    discard,
    open_import,
    read_headings,
    sweep,
)
from .kinds import Column, Ground, ImportKind, Twin
from .procedure import IMPORT
from .reading import current_job, faults_of, headings, sheet_names

__all__ = [
    "IMPORT",
    "Column",
    "Ground",
    "ImportKind",
    "Twin",
    "ask_to_apply",
    "ask_to_undo",
    "choose_columns",
    "current_job",
    "decide",
    "discard",
    "faults_of",
    "headings",
    "open_import",
    "read_headings",
    "sheet_names",
    "sweep",
]
