"""What every file of the four menus has for its retention: when it was thrown away, and where that is decided."""

from django.db import models
from django.urls import reverse

from grants.retention.enums import HELD_BY

SUMS = {"decided_yen": "交付決定額", "settled_yen": "確定額", "price_yen": "提案額"}


class Kept(models.Model):
    """A file that is kept for the years of its menu and then thrown away (`grants.retention`). `erased_at`: it was."""

    erased_at = models.DateTimeField("廃棄した日時", null=True, blank=True)

    class Meta:
        abstract = True

    def get_retention_url(self) -> str:
        """How long it is kept, what holds it, its 廃棄."""
        return reverse("grants:retention_detail", args=[self._meta.model_name, self.pk])

    def get_retention_act_url(self, act: str) -> str:
        return reverse("grants:retention_act", args=[self._meta.model_name, self.pk, act])

    @property
    def holding(self) -> list[str]:
        """What holds it beyond its term, in words. Of a file with its terms (`retention.queries.with_terms`)."""
        return [words for name, (words, _) in HELD_BY.items() if getattr(self, name)]

    @property
    def kept_sums(self) -> list[tuple[str, int]]:
        """The figures that outlive its 廃棄: (what it is, yen)."""
        found = ((words, getattr(self, name, None)) for name, words in SUMS.items())
        return [(words, amount) for words, amount in found if amount is not None]
