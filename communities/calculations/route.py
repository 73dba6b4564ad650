"""The drawn sketch of a way: numbered stops on a line that turns where the words say 右 or 左. Pure arithmetic."""

from dataclasses import dataclass

STEP, MARGIN = 70, 30
LEFT, RIGHT = "左", "右"


@dataclass(frozen=True, slots=True)
class Stop:
    """One line of the route at its place in the drawing."""

    number: int
    x: int
    y: int
    text: str
    is_last: bool


@dataclass(frozen=True, slots=True)
class Sketch:
    """A drawing of `width` × `height`; `line` are the points of its polyline."""

    width: int
    height: int
    line: str
    stops: tuple[Stop, ...]


def sketch_of(route: str) -> Sketch | None:
    """The sketch of a route of one stop a line; None when there are fewer than two. No two stops share a place.

    One starts upwards; a line with 右 or 左 turns there, a line with both goes straight on.
    """
    lines = [line.strip() for line in route.splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    places, dx, dy = [(0, 0)], 0, -1
    for text in lines[:-1]:
        if (RIGHT in text) != (LEFT in text):
            dx, dy = (-dy, dx) if RIGHT in text else (dy, -dx)
        x, y = places[-1][0] + dx, places[-1][1] + dy
        while (x, y) in places:
            x, y = x + dx, y + dy
        places.append((x, y))
    left, top = min(x for x, _ in places), min(y for _, y in places)
    points = [(MARGIN + (x - left) * STEP, MARGIN + (y - top) * STEP) for x, y in places]
    stops = tuple(
        Stop(number, x, y, text, number == len(lines))
        for number, ((x, y), text) in enumerate(zip(points, lines, strict=True), 1)
    )
    return Sketch(
        width=MARGIN + max(x for x, _ in points), height=MARGIN + max(y for _, y in points),
        line=" ".join(f"{x},{y}" for x, y in points), stops=stops,
    )  # fmt: skip
