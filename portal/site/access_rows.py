"""The rows of the access table, part by part."""

from .access import EVERYBODY, Row

PARTS: tuple[tuple[str, tuple[Row, ...]], ...] = (
    ("入口", (Row(route="site:home", note="ホーム", may=EVERYBODY),)),
)
