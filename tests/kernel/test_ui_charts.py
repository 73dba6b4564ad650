"""Every chart has a table twin with the same figures, and says them for the ear."""

from typing import Any

import pytest

from portal.kernel.ui import charts
from tests.kernel.test_ui_pieces import draw


@pytest.mark.parametrize(
    ("source", "context", "figures"),
    [
        (
            "{% ward_bars rows label='区ごとの協働数' %}",
            {"rows": [("akiha", "秋葉区", 1234), ("kita", "北区", 28)]},
            ["1,234", "28"],
        ),
        (
            "{% year_bars rows label='年度ごとの協働数' target=300 %}",
            {"rows": [("令和7年度", 247, False), ("令和8年度", 214, True)]},
            ["247", "214"],
        ),
        (
            "{% stacked_bars rows series label='区と種類' %}",
            {"rows": [("秋葉区", [10, 7]), ("北区", [9, 4])], "series": ["地域団体", "学校"]},
            ["17", "13"],
        ),
    ],
)
def test_chart_and_table_twin_say_the_same(source: str, context: dict[str, Any], figures: list[str]) -> None:
    html = draw(source, **context)
    drawing, table = html.split("<details", 1)
    for figure in figures:
        assert f">{figure}</text>" in drawing
        assert f">{figure}</td>" in table
    assert 'role="img" aria-label="' in drawing
    assert "<table" not in draw(source.replace("%}", "table=False %}"), **context)


def test_ward_bars_are_proportional_and_link_to_their_evidence() -> None:
    rows = [("akiha", "秋葉区", 40, "/e/"), ("kita", "北区", 10), ("minami", "南区", 0, "/m/")]
    html = draw("{% ward_bars rows label='協働数' %}", rows=rows)
    assert 'width="410"' in html
    assert 'width="102.5"' in html
    assert 'href="/e/"' in html
    assert 'href="/m/"' not in html


@pytest.mark.parametrize(("number", "top"), [(0, 3), (3, 3), (4, 6), (214, 300), (301, 600), (30001, 60000)])
def test_axis_ends_at_a_round_number_above(number: int, top: int) -> None:
    assert charts._ceiling(number) == top


def test_charts_of_nothing_are_still_charts() -> None:
    assert "<svg" in draw("{% ward_bars rows label='x' %}", rows=[])
    assert "<svg" in draw("{% year_bars rows label='x' %}", rows=[])
    assert "<svg" in draw("{% stacked_bars rows series label='x' %}", rows=[], series=[])
