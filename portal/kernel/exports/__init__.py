"""Exports: any list of the staff's as csv or xlsx, through the same rule of seeing as the list itself.

Read by key and written as a stream; a long one by a job, into a file that only its owner fetches, for a day. Nothing in
it is run by a spreadsheet (see sheets.writing). What can be exported is an entry of the port `export_kinds`.
"""

from .actions import ask_for_export, sweep
from .kinds import ExportColumn, ExportKind
from .making import LONG, filename_of, lines, make, stream

__all__ = [
    "LONG",
    "ExportColumn",
    "ExportKind",
    "ask_for_export",
    "filename_of",
    "lines",
    "make",
    "stream",
    "sweep",
]
