"""What a figure says: ratio, verdict, table, file."""

import json
from pathlib import Path

import pytest

from bench.figures import Figure, compared, table, write


def test_a_ratio_is_the_median_of_the_rounds_not_of_the_whole() -> None:
    figure = compared("x", "頁", [0.02, 0.04, 0.9], [0.01, 0.04, 0.03])
    assert figure.ratio == pytest.approx(2.0)
    assert figure.value == pytest.approx(40)
    assert figure.floor == pytest.approx(30)


def test_rounds_must_belong_together() -> None:
    with pytest.raises(ValueError, match="shorter"):
        compared("x", "頁", [0.02, 0.04], [0.01])


@pytest.mark.parametrize(
    ("value", "verdict", "over"),
    [
        (1.5, "目標どおり", False),
        (1.51, "上限のうち", False),
        (3.0, "上限のうち", False),
        (3.01, "上限をこえる", True),
    ],
)
def test_goal_and_limit_are_judged_by_the_ratio(value: float, verdict: str, over: bool) -> None:
    figure = Figure(name="x", title="頁", value=99, unit="ms", floor=1, ratio=value, goal=1.5, limit=3.0)
    assert (figure.verdict, figure.is_over) == (verdict, over)


def test_without_a_floor_the_value_itself_is_judged() -> None:
    assert Figure(name="network", title="外へ", value=1, unit="件", limit=0).is_over
    assert not Figure(name="network", title="外へ", value=0, unit="件", limit=0).is_over
    assert Figure(name="size", title="大きさ", value=1e9, unit="KB").verdict == "参考"


def test_the_table_has_a_line_for_each_figure_and_columns_that_align() -> None:
    figures = [
        Figure(name="list", title="一覧", value=12.34, unit="ms", floor=10.0, ratio=1.23, goal=1.5, limit=3),
        Figure(name="memory", title="増えた記憶", value=3, unit="MB", limit=20),
    ]
    head, _, first, second = table(figures).splitlines()
    assert [word in head for word in ("項目", "値", "床", "比", "目標", "上限")] == [True] * 6
    assert "12.3 ms" in first
    assert "1.23×" in first
    assert "目標どおり" in first
    assert "3.0 MB" in second
    assert "×" not in second


def test_the_file_holds_what_was_measured_and_on_what(tmp_path: Path) -> None:
    figure = Figure(
        name="list", title="一覧", value=12.34, unit="ms", floor=10.0, ratio=1.23, goal=1.5, limit=3
    )
    write([figure], rounds=40, path=tmp_path / "results.json")
    told = json.loads((tmp_path / "results.json").read_text())
    assert told["rounds"] == 40
    assert told["machine"]["cpus"] >= 1
    assert told["figures"][0]["ratio"] == 1.23
    assert told["figures"][0]["verdict"] == "目標どおり"
