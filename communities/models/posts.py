"""Posts of a community: what happened and what is coming, in the words of its members."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.areas.models import Area
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from ..enums import PostState
from .communities import Community


class Post(Record):
    """One post. `area` is that of its community, which never moves: ward pages find the newest by it."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("author",), retention="5y", purpose="だれの投稿かを世話人が確かめ、本人が直せるようにするため"
    )

    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, related_name="posts", verbose_name="コミュニティ"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name="地域")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="書いた人",
    )
    title = Line("題名", max_length=100)
    body = Text("本文", max_length=4000)
    state = models.CharField("状態", max_length=10, choices=PostState, default=PostState.DRAFT)
    held_at = models.DateTimeField("確認を頼んだ日時", null=True, blank=True)
    published_at = models.DateTimeField("公開した日時", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="公開した人",
    )

    class Meta:
        verbose_name = verbose_name_plural = "投稿"
        constraints = [
            models.CheckConstraint(
                name="post_published_has_time",
                condition=~Q(state=PostState.PUBLISHED) | Q(published_at__isnull=False),
                violation_error_message="公開した投稿には、公開した日時が要ります。",
            ),
            models.CheckConstraint(
                name="post_not_empty",
                condition=~Q(title="") & ~Q(body=""),
                violation_error_message="題名と本文は、空にできません。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["area", "-published_at", "-id"],
                name="post_public_area",
                condition=Q(state=PostState.PUBLISHED),
            ),
            models.Index(
                fields=["community", "-published_at", "-id"],
                name="post_public_community",
                condition=Q(state=PostState.PUBLISHED),
            ),
            models.Index(fields=["community", "-created_at", "-id"], name="post_community"),
            models.Index(fields=["author", "community"], name="post_author"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:post_detail", args=[self.community.slug, self.pk])

    @property
    def audience(self) -> list[str]:
        """Who may find it by search."""
        return ["public"] if self.state == PostState.PUBLISHED else [f"community:{self.community_id}"]
