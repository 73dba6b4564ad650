"""Tables to fill in and tables of faults, as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from portal.kernel import sheets
from portal.kernel.import_models import ImportRow
from portal.kernel.imports import ImportKind
from portal.kernel.upload_kinds import CSV, XLSX

Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)


def answer(kind: ImportKind | None, ending: str) -> HttpResponse | FileResponse:
    """A table with the headings and one example row, as xlsx or csv. Raises Http404 for anything else."""
    if kind is None or ending not in ("xlsx", "csv"):
        raise Http404
    rows = [[column.label for column in kind.columns], [column.example for column in kind.columns]]
    name = f"{kind.label}の登録票.{ending}"
    if ending == "csv":
        content = b"".join(sheets.csv_pieces(rows))
        return _named(HttpResponse(content, content_type=f"{CSV.content_type}; charset=utf-8"), name)
    widths = [max(12, min(40, len(column.example) * 2)) for column in kind.columns]
    file = sheets.xlsx_file(rows, title=kind.label, widths=widths)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX.content_type)


def faults(rows: Iterable[ImportRow]) -> StreamingHttpResponse:
    """Row, cell, what stands there, what to do: csv as a stream."""

    def lines() -> Iterator[list[sheets.Cell]]:
        yield ["行", "ところ", "書かれている文字", "直し方"]
        for row in rows:
            for fault in row.faults:
                yield [row.number, fault["where"], fault["text"], fault["message"]]

    answer = StreamingHttpResponse(
        sheets.csv_pieces(lines()), content_type=f"{CSV.content_type}; charset=utf-8"
    )
    return _named(answer, "直すところ.csv")


def _named(answer: Answer, name: str) -> Answer:
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
