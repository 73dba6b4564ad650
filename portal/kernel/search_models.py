"""The search table: one row per thing that can be found. Derived data; `search.put` and `search.drop` keep it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from . import clock


class SearchEntry(models.Model):
    """What is found, by whom, and where it ranks. `title_key` and `text_key` are search keys, never shown.

    `grams` are the bigrams of both keys, `title_grams` those of the title. Rows that nobody may find are not kept.
    """

    kind = models.CharField("種類", max_length=60)
    object_id = models.CharField("対象", max_length=60)
    audience = ArrayField(models.CharField(max_length=60), verbose_name="見られる人")
    area_codes = ArrayField(models.CharField(max_length=6), verbose_name="地域", default=list, blank=True)
    title = models.TextField("名前")
    body = models.TextField("本文", blank=True)
    title_key = models.TextField("名前の検索用の形", editable=False)
    text_key = models.TextField("全文の検索用の形", editable=False)
    title_grams = ArrayField(models.TextField(), verbose_name="名前の二文字", editable=False)
    grams = ArrayField(models.TextField(), verbose_name="全文の二文字", editable=False)
    happens_at = models.DateTimeField("開かれる日時", null=True, blank=True)
    weight = models.SmallIntegerField("重み", default=0)
    updated_at = models.DateTimeField("更新日時", default=clock.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "検索の見出し"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"],
                name="searchentry_object",
                violation_error_message="見出しは、一つの対象に一つです。",
            ),
            models.CheckConstraint(
                name="searchentry_audience_not_empty",
                condition=models.Q(audience__len__gt=0),
                violation_error_message="だれも見られないものは、検索に載せません。",
            ),
        ]
        indexes = [
            # No pending list: what a search costs must not depend on how many writes came before it.
            GinIndex(fields=["grams"], name="searchentry_grams", fastupdate=False),
            GinIndex(fields=["title_grams"], name="searchentry_title_grams", fastupdate=False),
            models.Index(
                fields=["title_key"], name="searchentry_title_prefix", opclasses=["text_pattern_ops"]
            ),
            models.Index(fields=["-updated_at"], name="searchentry_recent"),
            models.Index(fields=["happens_at"], name="searchentry_upcoming"),
            GinIndex(fields=["audience"], name="searchentry_audience", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"
