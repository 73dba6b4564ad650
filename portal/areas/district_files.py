"""Reading a file of school districts: CSV in UTF-8 or cp932, with the columns area_code, kind, name and kana."""

import csv
import io

from portal.kernel.refusals import Refusal

from .actions import DistrictRow
from .enums import DistrictKind

COLUMNS = {
    "area_code": ("area_code", "全国地方公共団体コード", "市区町村コード"),
    "kind": ("kind", "種類"),
    "name": ("name", "校区名", "名前"),
    "kana": ("kana", "校区名_カナ", "フリガナ"),
}
KINDS = {label: value for value, label in DistrictKind.choices} | {
    value: value for value in DistrictKind.values
}
KINDS |= {"小学校": DistrictKind.ELEMENTARY.value, "中学校": DistrictKind.JUNIOR.value}


def read(content: bytes) -> list[DistrictRow]:
    """The rows of the file. Raises Refusal that names the first line that does not fit."""
    reader = csv.DictReader(io.StringIO(_decode(content), newline=""))
    names = _columns(reader.fieldnames or ())
    return [
        _row({key: (line.get(column) or "").strip() for key, column in names.items()}, number)
        for number, line in enumerate(reader, start=2)
    ]


def _decode(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("文字コードが読み取れません。UTF-8 か Shift_JIS で保存した CSV にしてください。")


def _columns(header: object) -> dict[str, str]:
    present = {str(name).strip(): str(name) for name in header}  # type: ignore[attr-defined]
    found = {key: present[alias] for key, aliases in COLUMNS.items() for alias in aliases if alias in present}
    if missing := [COLUMNS[key][1] for key in ("area_code", "kind", "name") if key not in found]:
        raise Refusal(f"1行目に「{missing[0]}」の列がありません。")
    return found


def _row(values: dict[str, str], number: int) -> DistrictRow:
    kind = KINDS.get(values["kind"])
    if kind is None:
        raise Refusal(f"{number}行目: 種類は「小学校区」か「中学校区」です。")
    if not values["name"]:
        raise Refusal(f"{number}行目: 校区名がありません。")
    return DistrictRow(
        area_code=values["area_code"], kind=kind, name=values["name"], kana=values.get("kana", "")
    )
