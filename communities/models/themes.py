"""Themes: what communities care about. Master data; residents filter by them."""

from django.db import models

from portal.kernel.fields import Line
from portal.kernel.models import Record


class Theme(Record):
    """One subject, such as 食・農."""

    name = Line("名前", max_length=30, unique=True)
    slug = models.SlugField("アドレス用の名前", max_length=40, unique=True)
    order = models.PositiveSmallIntegerField("並び順", default=100)

    class Meta:
        verbose_name = verbose_name_plural = "テーマ"
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.name
