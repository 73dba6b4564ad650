"""What the officer's list of people is filtered by: ward, role, theme, words."""

from dataclasses import dataclass

from django.http import HttpRequest

from ..enums import MembershipRole
from .filters import ListFilter

ROLES = (
    *((role.value, role.label) for role in reversed(MembershipRole)),
    ("profile", "プロフィールを公開している人"),
)
Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PeopleFilter(ListFilter):
    """Read from the address; what is not known is left out."""

    role: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "PeopleFilter":
        base, role = ListFilter.of(request), request.GET.get("role", "")
        known = role if role in dict(ROLES) else ""
        return cls(area=base.area, theme=base.theme, words=base.words, role=known)

    @property
    def is_empty(self) -> bool:
        return not (self.area or self.theme or self.words or self.role)

    def choices(self, areas: Options, themes: Options) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
        """The selects of the filter: (name, label, [(value, label, chosen)]); none with a single choice."""
        lists = (("area", "地域", areas), ("role", "役割", list(ROLES)), ("theme", "テーマ", themes))
        return [
            (name, label, [("", "すべて", False), *((value, text, value == getattr(self, name)) for value, text in rows)])
            for name, label, rows in lists
            if len(rows) > 1
        ]  # fmt: skip
