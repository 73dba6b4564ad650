"""What changed between two submissions of a file, section by section. Pure: reads what was frozen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.kernel.money import digits, yen

from .enums import Part

Filed = Mapping[str, Any]
AMOUNTS = {
    "total_yen": "支出の合計", "base_yen": "補助対象経費", "grant_yen": "交付申請額", "share_yen": "市町村負担",
    "income_yen": "収入の合計",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that says something else now. Empty `before`: it is new; empty `after`: it is gone."""

    label: str
    before: str
    after: str


def compare(earlier: Filed, later: Filed) -> list[tuple[Part, list[Change]]]:
    """The sections that changed, in their order, each with its changes."""
    found = [(part, list(look(earlier, later))) for part, look in LOOKS.items()]
    return [(part, changes) for part, changes in found if changes]


def changed_parts(earlier: Filed, later: Filed) -> set[str]:
    return {part.value for part, _ in compare(earlier, later)}


def _values(labels: Mapping[str, str], earlier: Filed, later: Filed) -> Iterable[Change]:
    for key, label in labels.items():
        before, after = str(earlier.get(key) or ""), str(later.get(key) or "")
        if before != after:
            yield Change(label, before, after)


def _target(earlier: Filed, later: Filed) -> Iterable[Change]:
    labels = {"title": "事業の名称", "platform_line": "コミプラ", "type_line": "型", "mode": "進め方"}
    return _values(labels, earlier, later)


def _plan(earlier: Filed, later: Filed) -> Iterable[Change]:
    yield from _values({"period": "期間"}, earlier, later)
    before, after = dict(earlier["plan"]), dict(later["plan"])
    yield from _values({label: label for label in {**before, **after}}, before, after)


def _budget(earlier: Filed, later: Filed) -> Iterable[Change]:
    yield from _rows("支出", map(_expense, earlier["expenses"]), map(_expense, later["expenses"]))
    yield from _rows("収入", map(_income, earlier["incomes"]), map(_income, later["incomes"]))
    before, after = ({key: _yen(filed["amounts"].get(key)) for key in AMOUNTS} for filed in (earlier, later))
    yield from _values(AMOUNTS, before, after)
    yield from _values(
        {"outlay": "18節の額"},
        {"outlay": _yen(earlier.get("outlay_yen"))},
        {"outlay": _yen(later.get("outlay_yen"))},
    )


def _files(earlier: Filed, later: Filed) -> Iterable[Change]:
    """By their digests: a file that was put in again unchanged is no change."""
    before = {row["sha256"]: f"{row['title']} {row['filename']}" for row in earlier["files"]}
    after = {row["sha256"]: f"{row['title']} {row['filename']}" for row in later["files"]}
    yield from (Change("ファイル", before[key], "") for key in before if key not in after)
    yield from (Change("ファイル", "", after[key]) for key in after if key not in before)


def _confirm(earlier: Filed, later: Filed) -> Iterable[Change]:
    return _values({"applicant": "申請者", "own_number": "文書番号"}, earlier, later)


def _rows(
    label: str, earlier: Iterable[tuple[str, str]], later: Iterable[tuple[str, str]]
) -> Iterable[Change]:
    """Rows matched by their name, the first with the first of the same name; then what is left on either side."""
    before, after = _numbered(earlier), _numbered(later)
    for key, words in before.items():
        if words != after.get(key, ""):
            yield Change(label, words, after.get(key, ""))
    yield from (Change(label, "", words) for key, words in after.items() if key not in before)


def _numbered(rows: Iterable[tuple[str, str]]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for name, words in rows:
        place = 0
        while (name, place) in found:
            place += 1
        found[name, place] = words
    return found


def _expense(row: Filed) -> tuple[str, str]:
    name = f"{row['setsu_label']} {row['description']}"
    words = f"{name} {yen(row['unit_price_yen'])}×{digits(row['quantity'])}＝{yen(row['amount_yen'])}"
    return name, words + (f"(うち対象外 {yen(row['ineligible_yen'])})" if row["ineligible_yen"] else "")


def _income(row: Filed) -> tuple[str, str]:
    name = f"{row['kind_label']} {row['description']}"
    return name, f"{name} {yen(row['amount_yen'])}"


def _yen(value: int | None) -> str:
    return "" if value is None else yen(value)


LOOKS = {
    Part.TARGET: _target, Part.PLAN: _plan, Part.BUDGET: _budget, Part.ATTACHMENTS: _files, Part.CONFIRM: _confirm,
}  # fmt: skip
