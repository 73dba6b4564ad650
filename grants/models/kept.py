"""What every file of the four menus has for its retention: when it was thrown away, and where that is decided."""

from django.db import models
from django.urls import reverse

from grants.retention.enums import HELD_BY


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
        """The figures that stay for ever: (what it is, yen). None where nothing was granted to an applicant."""
        return []
