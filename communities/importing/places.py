"""Areas as spreadsheets name them, within what an officer works for."""

from __future__ import annotations

from typing import Any

from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel.names import search_key

from ..rules import WARD_STAFF


class Places:
    """The areas of one person: found by code, name, 「新潟市秋葉区」 or 「秋葉」."""

    def __init__(self, scope: Scope) -> None:
        reach = scope.areas(*WARD_STAFF)
        rows = Area.objects.filter(pk__in=reach).select_related("parent").order_by("pk")
        self.by_code: dict[str, Area] = {row.pk: row for row in rows}
        self._codes: dict[str, str] = {}
        for row in self.by_code.values():
            parent = row.parent.name if row.parent else ""
            for word in (row.pk, row.pk[:5], row.name, f"{parent}{row.name}", row.name[:-1]):
                self._codes.setdefault(search_key(word), row.pk)

    def find(self, text: str) -> Area | None:
        """The area that is meant, None when it is none of one's own."""
        code = self._codes.get(search_key(text).replace(" ", ""))
        return self.by_code.get(code) if code else None

    def settle(self, values: dict[str, Any], default: str) -> list[tuple[str, str]]:
        """Put the code of the area into `values["area"]`: what is written, else the default."""
        written = values.get("area") or ""
        found = self.find(written) if written else self.by_code.get(default)
        if found is None:
            names = "、".join(row.name for row in list(self.by_code.values())[:10])
            what = (
                f"「{written[:20]}」は、受け持つ地域ではありません。"
                if written
                else "地域が決まっていません。"
            )
            ask = "のどれかを書いてください。" if len(self.by_code) > 1 else "と書いてください。"
            return [("area", f"{what}{names}{ask}")]
        values["area"] = found.pk
        return []

    def lock(self) -> None:
        """Keep other imports into these areas waiting until this transaction ends."""
        rows = Area.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=self.by_code)
        list(rows.order_by("pk").values_list("pk", flat=True))
