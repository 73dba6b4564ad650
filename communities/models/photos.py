"""Photos of posts and records of activity: always with words for those who do not see them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.kernel.fields import Line
from portal.kernel.models import Record, StoredFile

from ..enums import PhotoConsent
from .activities import Activity
from .posts import Post


class Photo(Record):
    """One photo of a post or of an activity, redrawn on arrival without what the camera wrote beside it."""

    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="photos", verbose_name="投稿"
    )
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="photos",
        verbose_name="活動記録",
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="画像ファイル"
    )
    alt = Line("写真に写っているもの", max_length=160)
    caption = Line("写真にそえる一言", max_length=120)
    consent = models.CharField("写っている人", max_length=8, choices=PhotoConsent)

    class Meta:
        verbose_name = verbose_name_plural = "写真"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="photo_one_owner",
                condition=Q(post__isnull=False, activity__isnull=True)
                | Q(post__isnull=True, activity__isnull=False),
                violation_error_message="写真は、投稿か活動記録のどちらか一つに付けます。",
            ),
            models.CheckConstraint(
                name="photo_has_words",
                condition=~Q(alt="") & ~Q(caption=""),
                violation_error_message="写真には、写っているものの説明と一言が要ります。",
            ),
        ]
        indexes = [
            models.Index(fields=["post", "created_at", "id"], name="photo_post"),
            models.Index(fields=["activity", "created_at", "id"], name="photo_activity"),
        ]

    def __str__(self) -> str:
        return self.caption

    @property
    def owner(self) -> Post | Activity:
        """What it belongs to."""
        return self.post or self.activity  # type: ignore[return-value]

    def get_absolute_url(self) -> str:
        return reverse("communities:photo_file", args=[self.owner.community.slug, self.pk])
