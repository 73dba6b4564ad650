"""Profiles: what a person shows of themselves, opened field by field by its owner alone."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.areas.models import Area
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record, StoredFile
from portal.kernel.privacy import Privacy

from ..enums.people import Openness
from .themes import Theme


def _seen(verbose_name: str) -> models.CharField:
    return models.CharField(
        f"「{verbose_name}」を見せる相手", max_length=10, choices=Openness, default=Openness.NOBODY
    )


class Profile(Record):
    """One person as others may see them. Nothing is open until its owner opens it.

    Never listed for people under 18, whatever the row says: the query says so, and a trigger of the database refuses
    to open the profile of a person who has not confirmed 18.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("user", "name", "kana", "does", "helps", "seeks", "areas", "themes", "photo", "links"),
        retention="account",
        purpose="本人が選んだ項目を公開し、地域で動く人どうしが出会えるようにするため",
    )

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile", verbose_name="本人"
    )
    name = Line("名前または呼び名", max_length=40, blank=True)
    kana = Line("フリガナ", max_length=80, blank=True)
    does = Text("やっていること", max_length=600, blank=True)
    helps = Text("手伝えること", max_length=600, blank=True)
    seeks = Text("さがしていること", max_length=600, blank=True)
    areas = models.ManyToManyField(Area, related_name="profiles", verbose_name="活動している地域", blank=True)
    themes = models.ManyToManyField(
        Theme, related_name="profiles", verbose_name="関心のあるテーマ", blank=True
    )
    photo = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="写真"
    )
    links = ArrayField(Line("リンク", max_length=200), verbose_name="リンク", default=list, blank=True)
    name_seen, does_seen, helps_seen = _seen("名前"), _seen("やっていること"), _seen("手伝えること")
    seeks_seen, areas_seen, themes_seen = _seen("さがしていること"), _seen("地域"), _seen("テーマ")
    photo_seen, links_seen = _seen("写真"), _seen("リンク")
    takes_letters = models.BooleanField("ひろばを通した連絡を受け取る", default=True)
    is_open = models.BooleanField("公開する", default=False)
    opened_at = models.DateTimeField("公開した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "プロフィール"
        constraints = [
            models.CheckConstraint(
                name="profile_opened_at_iff_open",
                condition=Q(is_open=True, opened_at__isnull=False) | Q(is_open=False, opened_at__isnull=True),
                violation_error_message="公開した日時は、公開しているプロフィールだけが持ちます。",
            ),
            models.CheckConstraint(
                name="profile_open_has_name",
                condition=Q(is_open=False) | (~Q(name="") & ~Q(name_seen=Openness.NOBODY)),
                violation_error_message="公開するには、名前または呼び名と、それを見せる相手を決めてください。",
            ),
        ]
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="profile_open", condition=Q(is_open=True)),
        ]

    def __str__(self) -> str:
        return f"profile {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("communities:person_detail", args=[self.pk])
