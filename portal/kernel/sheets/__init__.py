"""Tables that people keep: xlsx and csv read as rows of text with what is wrong with single cells, and written again.

`opened(stored)` leads to a Table: its sheets, and `rows(sheet)`. Nothing is evaluated: a cell with a formula is told as
such. Bounded in bytes, rows, columns and characters; memory does not grow with the rows.
"""

from .cells import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Row, column_letter, is_formula
from .headings import Layout, guess, match, read
from .tables import Table, opened
from .writing import Cell, csv_pieces, xlsx_file

__all__ = [
    "MAX_CELL",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "Cell",
    "Layout",
    "Row",
    "Table",
    "column_letter",
    "csv_pieces",
    "guess",
    "is_formula",
    "match",
    "opened",
    "read",
    "xlsx_file",
]
