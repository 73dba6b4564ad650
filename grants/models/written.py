"""What a draft that several people write says of its last save."""

from datetime import datetime

from django.db import models

from .applications import person


class Written(models.Model):
    """A draft with a `revision` that rises with every save. `saved_tab` names the page that saved: its own lost answer is
    no conflict.
    """

    saved_at = models.DateTimeField("保存した日時", null=True, blank=True)
    saved_by = person("保存した人")
    saved_tab = models.CharField("保存した画面", max_length=36, blank=True)

    class Meta:
        abstract = True

    def is_stale(self, revision: int, tab: str) -> bool:
        """Whether a page that showed `revision` was overtaken by another page."""
        stored: int = self.revision  # type: ignore[attr-defined]
        return stored != revision and not (tab and self.saved_tab == tab)


class WrittenInParts(models.Model):
    """The same for a draft of several sections with one `revision`: of each its revision, page and time at its last save."""

    saved_parts = models.JSONField("部分ごとの最後の保存", default=dict, blank=True)

    class Meta:
        abstract = True

    def is_stale(self, part: str, revision: int, tab: str) -> bool:
        """Whether a page of the section that showed `revision` was overtaken by another page of the same section."""
        last = self.saved_parts.get(part, {})
        return bool(last.get("revision", 0) > revision and not (tab and last.get("tab") == tab))

    def part_saved_at(self, part: str) -> datetime | None:
        """When the section was last saved."""
        at = self.saved_parts.get(part, {}).get("at")
        return datetime.fromisoformat(at) if at else None
