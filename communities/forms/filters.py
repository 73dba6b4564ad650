"""What lists are filtered by: read from the address, never trusted, never an error."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

LONGEST = 100


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Area code, theme slug and words of a public list."""

    area: str = ""
    theme: str = ""
    words: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "ListFilter":
        return cls(
            area=_line(request.GET, "area", 6),
            theme=_line(request.GET, "theme", 40),
            words=_line(request.GET, "q"),
        )

    @property
    def is_empty(self) -> bool:
        return not (self.area or self.theme or self.words)

    def address(self, **changes: str) -> str:
        """「?…」 of this filter with some values changed; the path alone when nothing is left."""
        values = {"area": self.area, "theme": self.theme, "q": self.words, **changes}
        kept = {name: value for name, value in values.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"

    def chips(self, name: str, options: list[tuple[str, str]], every: str) -> list[tuple[str, str, bool]]:
        """(label, address, current) for the values of one filter, 「すべて」 first."""
        current = getattr(self, name)
        rows = [(every, self.address(**{name: ""}), not current)]
        return rows + [(label, self.address(**{name: value}), value == current) for value, label in options]


def _line(data: QueryDict, name: str, most: int = LONGEST) -> str:
    text = "".join(char if char.isprintable() else " " for char in data.get(name, ""))
    return " ".join(text.split())[:most]
