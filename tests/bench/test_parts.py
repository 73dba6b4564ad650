"""What the tool promises of itself: every name is run, prepared as it needs, and told; limits are those of the issue."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bench import __main__ as tool
from bench import databases, parts
from bench.databases import Database
from bench.figures import Figure

AT = Database(100_000, "hiroba_bench", {"DATABASE_URL": "postgres://x"})


class Prepared:
    """Databases that only say which were asked for."""

    asked: list[str]

    def __init__(self, *, fresh: bool = False) -> None:
        type(self).asked = []

    def __getattr__(self, name: str) -> Any:
        def prepare() -> Database:
            self.asked.append(name)
            return AT

        return prepare


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that were measured; nothing is."""
    done: list[str] = []

    def of(name: str, at: object, rounds: int) -> Sequence[Figure]:
        done.append(name)
        return [Figure(name=name, title=name, value=1, unit="件", limit=0 if name == "office" else 2)]

    def of_pages(big: Database, small: Database, names: Sequence[str], rounds: int) -> list[Figure]:
        done.extend(names)
        return [Figure(name=name, title=name, value=1, unit="件", limit=2) for name in names]

    monkeypatch.setattr(tool, "of", of)
    monkeypatch.setattr(tool, "of_pages", of_pages)
    monkeypatch.setattr(tool, "Databases", Prepared)
    monkeypatch.setattr(tool.subprocess, "run", lambda *_, **__: None)
    return done


def test_without_names_everything_is_measured_and_written(
    ran: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written: list[Figure] = []
    monkeypatch.setattr(tool, "write", lambda figures, rounds: written.extend(figures))
    assert tool.main(["--quick"]) == 1
    assert sorted(ran) == sorted(tool.NAMES)
    assert {"exports", "office", "registration", "million", "imports", "search"} <= set(ran)
    assert [figure.name for figure in written] == ran
    told = capsys.readouterr()
    assert all(name in told.out for name in tool.NAMES)
    assert "上限をこえたもの: office" in told.err


def test_a_part_alone_is_told_and_leaves_the_file_as_it_is(
    ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "write", lambda *_, **__: pytest.fail("written"))
    assert tool.main(["exports"]) == 0
    assert ran == ["exports"]
    assert Prepared.asked == []


@pytest.mark.parametrize(
    ("name", "prepared"),
    [
        ("exports", ["big"]),
        ("export-grants", ["many_files"]),
        ("office", ["small"]),
        ("registration", ["small"]),
        ("million", ["many_events", "near_events", "small"]),
        ("letters", ["for_letters"]),
        ("queue", ["many_files", "few_files"]),
        ("search", ["search"]),
    ],
)
def test_each_part_prepares_what_it_measures_in(
    name: str, prepared: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("of_exports", "of_files", "of_letters", "of_office", "of_seats", "of_search"):
        monkeypatch.setattr(parts, part, lambda *_: [])
    for part in (tool.million, tool.queue):
        monkeypatch.setattr(part, "figures", lambda *_: iter([]))
    assert tool.of(name, Prepared(), 40) == []
    assert Prepared.asked == prepared


def test_letters_are_judged_against_bare_renders(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"letters": [0.13, 0.12, 0.11], "bare": [0.1], "growth": 3.0, "decided": 0.1, "faults": 0}
    monkeypatch.setattr(parts, "told_by", lambda *_: told)
    made = {figure.name: figure for figure in parts.of_letters(AT)}
    assert made["letters"].ratio == pytest.approx(1.2)
    assert made["letters-decided"].value == pytest.approx(100)
    assert not any(figure.is_over for figure in made.values())
    told |= {"letters": [0.13], "growth": 21.0, "faults": 1}
    over = [figure.name for figure in parts.of_letters(AT) if figure.is_over]
    assert over == ["letters", "letters-memory", "letters-killed"]


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        tool.read(["milion"])
    assert "milion" in capsys.readouterr().err


def told(monkeypatch: pytest.MonkeyPatch, answers: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Answers of the processes, by module and argument; which were asked, and as what."""
    asked: list[tuple[str, str, str]] = []

    def told_by(module: str, argument: object, environment: dict[str, str]) -> Any:
        asked.append((module, str(argument), environment["PROCESS"]))
        return answers.get(f"{module} {argument}") or answers[module]

    monkeypatch.setattr(parts, "told_by", told_by)
    return asked


def figure(figures: Sequence[Figure], name: str) -> Figure:
    return next(one for one in figures if one.name == name)


def test_exports_may_take_60_megabytes_more_in_each_form(monkeypatch: pytest.MonkeyPatch) -> None:
    csv = {"seconds": 20.0, "growth": 59.0, "rows": 100_012, "size": 1, "moved": 101}
    answers = {
        "bench.exports communities-csv": csv,
        "bench.exports communities-xlsx": {**csv, "growth": 61.0},
    }
    asked = told(monkeypatch, answers)
    figures = parts.of_exports(AT)
    assert asked == [("bench.exports", f"communities-{form}", "worker") for form in ("csv", "xlsx")]
    assert not figure(figures, "export-csv-memory").is_over
    assert figure(figures, "export-xlsx-memory").is_over
    assert figure(figures, "export-csv").value == 20.0


def test_so_may_the_files_of_the_grants_and_their_progress_must_move(monkeypatch: pytest.MonkeyPatch) -> None:
    csv = {"seconds": 20.0, "growth": 60.5, "rows": 20_040, "size": 1, "moved": 20}
    asked = told(monkeypatch, {"bench.exports": csv})
    figures = parts.of_files(AT, 20_000)
    assert [argument for _, argument, _ in asked] == ["applications-csv", "applications-xlsx"]
    assert figure(figures, "export-grants-csv-memory").is_over
    told(monkeypatch, {"bench.exports": {**csv, "moved": 19}})
    with pytest.raises(SystemExit, match="動いたのは19回"):
        parts.of_files(AT, 20_000)


def test_an_export_of_less_than_everything_is_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    told(
        monkeypatch,
        {"bench.exports": {"seconds": 1.0, "growth": 1.0, "rows": 12_500, "size": 1, "moved": 12}},
    )
    with pytest.raises(SystemExit, match="12500行"):
        parts.of_exports(AT)


def test_200_communities_may_take_three_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, {"bench.office": {"whole": 181.0, "preview": 100.0, "apply": 81.0}})
    assert figure(parts.of_office(AT), "office").is_over
    told(monkeypatch, {"bench.office": {"whole": 179.0, "preview": 100.0, "apply": 79.0}})
    assert not figure(parts.of_office(AT), "office").is_over
    assert parts.office.COMMUNITIES == 200


def test_the_registration_makes_at_least_eight_tenths_of_the_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = {"ours": [1.24] * 3, "bare": [1.0] * 3, "batch": 80, "threads": 8}
    told(monkeypatch, {"bench.seats": answer})
    found = figure(parts.of_seats(AT, 3), "registration")
    assert (found.limit, found.is_over) == (1.25, False)
    told(monkeypatch, {"bench.seats": {**answer, "ours": [1.26] * 3}})
    assert figure(parts.of_seats(AT, 3), "registration").is_over


def test_a_process_that_fails_ends_the_run_with_its_words() -> None:
    with pytest.raises(SystemExit, match=r"No module named bench\.nothing"):
        parts.told_by("bench.nothing", "", {})


def test_what_a_process_told_is_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "said.py").write_text("import json, sys; print(json.dumps({'said': sys.argv[1]}))")
    assert parts.told_by("said", 7, {"PYTHONPATH": str(tmp_path)}) == {"said": "7"}


def test_the_page_about_the_tool_names_every_part() -> None:
    rows = (Path(tool.ROOT) / "docs/bench.md").read_text().splitlines()
    assert [row.split("`")[1] for row in rows if row.startswith("| `")] == list(tool.NAMES)


def test_a_database_of_many_events_is_kept_by_its_base(monkeypatch: pytest.MonkeyPatch) -> None:
    """Preparing takes minutes: each is made once in a run, whatever asks for it."""
    made: list[tuple[int, str]] = []

    def base(size: int, *, fresh: bool) -> databases.Database:
        return databases.Database(size, f"b{size}", {"DATABASE_URL": "postgres://"})

    def events(total: int, beside: databases.Database, *, fresh: bool) -> databases.Database:
        made.append((total, beside.name))
        return databases.Database(beside.size, f"e{total}", dict(beside.environment))

    monkeypatch.setattr(databases, "prepare", base)
    monkeypatch.setattr(databases, "prepare_events", events)
    at = tool.Databases(fresh=False)
    assert at.many_events() is at.many_events()
    at.near_events()
    assert made == [(1_000_000, "b100000"), (16_000, "b1000")]
