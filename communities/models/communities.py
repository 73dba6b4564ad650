"""Communities: people who act together in an area, with their organisers and their story."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.areas.models import Area
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record

from ..enums import PUBLIC_COMMUNITY, CommunityState, JoinPolicy
from .themes import Theme

SCENES = {
    "食・農": "marche",
    "子ども・教育": "terakoya",
    "情報発信・映像": "pitch",
    "観光・ロケーション": "locahun",
    "自然・里山": "kata",
}  # the drawing of a theme, until a community has a picture of its own


class Community(Record):
    """A community of a ward or municipality. `slug` comes from the kana once and is kept when the name changes."""

    name = Line("名前", max_length=80)
    kana = Line("フリガナ", max_length=120)
    variants = ArrayField(
        Line("別の書き方", max_length=80), verbose_name="別の書き方", default=list, blank=True
    )
    slug = models.SlugField("アドレス用の名前", max_length=140, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="communities", verbose_name="地域")
    summary = Line("ひとことで言うと", max_length=200)
    story = Text("活動の紹介", max_length=4000, blank=True)
    themes = models.ManyToManyField(Theme, related_name="communities", verbose_name="テーマ", blank=True)
    join_policy = models.CharField(
        "参加のしかた", max_length=12, choices=JoinPolicy, default=JoinPolicy.APPROVAL
    )
    join_note = Line("参加を考えている人へ", max_length=200, blank=True)
    meets = Line("集まり", max_length=80, blank=True)
    place = Line("場所", max_length=120, blank=True)
    contact = Line("公開する連絡先", max_length=200, blank=True)
    founded_on = models.DateField("始まり", null=True, blank=True)
    state = models.CharField("状態", max_length=10, choices=CommunityState, default=CommunityState.DRAFT)
    publish_asked_at = models.DateTimeField("公開を頼んだ日時", null=True, blank=True)
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
        verbose_name = verbose_name_plural = "コミュニティ"
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                name="community_slug",
                violation_error_message="同じ読みのコミュニティが、同時に登録されました。もう一度ボタンを押してください。",
            ),
            models.CheckConstraint(
                name="community_published_at_iff_public",
                condition=Q(state__in=PUBLIC_COMMUNITY, published_at__isnull=False)
                | Q(state__in=[CommunityState.DRAFT, CommunityState.DISCARDED], published_at__isnull=True),
                violation_error_message="公開した日時は、公開したコミュニティだけが持ちます。",
            ),
            models.CheckConstraint(
                name="community_name_not_empty",
                condition=~Q(name="") & ~Q(kana="") & ~Q(slug="") & ~Q(summary=""),
                violation_error_message="名前、フリガナ、ひとことは、空にできません。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="community_public",
                condition=Q(state=CommunityState.PUBLISHED),
            ),
            models.Index(
                fields=["area", "-published_at", "-id"],
                name="community_public_area",
                condition=Q(state=CommunityState.PUBLISHED),
            ),
            models.Index(
                fields=["area", "-created_at", "-id"],
                name="community_area_recent",
                condition=~Q(state=CommunityState.DISCARDED),
            ),
            models.Index(
                fields=["area", "created_at"], name="community_draft", condition=Q(state=CommunityState.DRAFT)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:community_detail", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_COMMUNITY

    @property
    def scene(self) -> str:
        """The drawing that stands for it: of its first theme that has one (`theme_names`, annotated by `queries`), else its
        ward's."""
        names = getattr(self, "theme_names", ())
        found = next((SCENES[name] for name in names if name in SCENES), "")
        return found or self.area.slug or "base"

    @property
    def audience(self) -> list[str]:
        """Who may find it by search: everybody once public, before that its area's staff and its own people."""
        return ["public"] if self.is_public else [f"area:{self.area_id}", f"community:{self.pk}"]
