"""The papers of a menu as data: what is made here with its 条 and 様式番号, what an applicant attaches."""

from typing import Any

from django.db import models

ARTICLE, FORM_LABEL = "第○条", "標準様式"  # until the 要綱's own are entered (domain.md 8)


class Papers(models.Model):
    """`documents`: rows of an applicant's papers, made here or attached. `letters`: 条 and 様式番号 of every other paper, where entered."""

    documents = models.JSONField("書類", default=list, blank=True)
    letters = models.JSONField("ほかの書類の条と様式番号", default=list, blank=True)

    class Meta:
        abstract = True

    def document(self, key: str) -> dict[str, Any]:
        """What is known about one of the applicant's papers. Raises KeyError."""
        return {row["key"]: row for row in self.documents}[key]

    def paper_row(self, key: str) -> dict[str, Any]:
        """What was entered for a paper of `offering.papers`, the applicant's first; empty where nothing was."""
        rows = [*(row for row in self.documents if row["made_here"]), *self.letters]
        return next((row for row in rows if row["key"] == key), {})

    def article(self, key: str) -> str:
        """The 条 that a paper names in its text; 「第○条」 where nothing was entered."""
        return self.paper_row(key).get("article") or ARTICLE

    def form(self, key: str) -> str:
        """「標準様式(第○条関係)」 at the head of a paper; the same words where nothing was entered."""
        return f"{self.paper_row(key).get('form_label') or FORM_LABEL}({self.article(key)}関係)"

    @property
    def attachable(self) -> list[dict[str, Any]]:
        """The papers an applicant attaches, in order (the others are made here)."""
        return [row for row in self.documents if not row["made_here"]]
