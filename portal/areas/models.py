"""Where things are, and in which government's name the portal speaks there."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.names import local_government_code_valid

from .enums import MUNICIPALITIES, AreaKind, Band, Comma, DistrictKind


def validate_code(value: str) -> None:
    """Refuse a 全国地方公共団体コード whose check digit does not fit (総務省「全国地方公共団体コード仕様」)."""
    if not local_government_code_valid(value):
        raise ValidationError("全国地方公共団体コードは、検査数字を含む6けたの数字です。", code="check_digit")


class AreaQuerySet(models.QuerySet["Area"]):
    """Areas, in the order of their codes."""

    def wards(self) -> "AreaQuerySet":
        return self.filter(kind=AreaKind.WARD)

    def municipalities(self) -> "AreaQuerySet":
        return self.filter(kind__in=MUNICIPALITIES)

    def within(self, code: str) -> "AreaQuerySet":
        """The area itself and everything below it: a prefecture's municipalities and their wards."""
        return self.filter(Q(code=code) | Q(parent=code) | Q(parent__parent=code))


class Area(models.Model):
    """A prefecture, a municipality or a ward of a designated city, under its 全国地方公共団体コード."""

    code = models.CharField(
        "全国地方公共団体コード", max_length=6, primary_key=True, validators=[validate_code]
    )
    kind = models.CharField("種類", max_length=20, choices=AreaKind)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="属する団体",
    )
    name = Line("名前", max_length=40)
    kana = Line("フリガナ", max_length=80)
    slug = models.SlugField("アドレス", max_length=40, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "地域"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="area_code_format",
                condition=Q(code__regex=r"^[0-9]{6}$"),
                violation_error_message="全国地方公共団体コードは、6けたの数字です。",
            ),
            models.CheckConstraint(
                name="area_parent_iff_below_prefecture",
                condition=Q(kind=AreaKind.PREFECTURE, parent__isnull=True)
                | (~Q(kind=AreaKind.PREFECTURE) & Q(parent__isnull=False)),
                violation_error_message="都道府県のほかは、属する団体が必要です。",
            ),
            models.UniqueConstraint(
                name="area_slug_unique",
                fields=["slug"],
                condition=~Q(slug=""),
                violation_error_message="このアドレスは、ほかの地域が使っています。",
            ),
            # Lets appointments carry the kind beside the code, held together by a composite foreign key.
            models.UniqueConstraint(name="area_code_kind_unique", fields=["code", "kind"]),
        ]
        indexes = [models.Index(fields=["parent", "code"], name="area_children")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Wards have a page of their own; its address is fixed and belongs to a higher floor."""
        return f"/wards/{self.slug}/" if self.slug else "/"

    @classmethod
    def wards_of(cls, code: str) -> AreaQuerySet:
        """The wards of the city `code`, in the order of their codes."""
        return cls.objects.wards().filter(parent=code)

    @property
    def is_prefecture(self) -> bool:
        return self.kind == AreaKind.PREFECTURE

    @property
    def is_municipality(self) -> bool:
        return self.kind in MUNICIPALITIES

    @property
    def is_ward(self) -> bool:
        return self.kind == AreaKind.WARD

    @property
    def municipality(self) -> "Area":
        """A ward's city, else the area itself."""
        return self.parent if self.is_ward and self.parent else self

    @property
    def full_name(self) -> str:
        """The name as people outside would write it: 新潟市秋葉区."""
        return f"{self.municipality.name}{self.name}" if self.is_ward else self.name


class AreaProfile(models.Model):
    """How an area introduces itself on its page. Blank where no source says it."""

    area = models.OneToOneField(
        Area, on_delete=models.CASCADE, primary_key=True, related_name="profile", verbose_name="地域"
    )
    lead = Text("紹介文", max_length=200, blank=True)
    window_name = Line("窓口の名前", max_length=60, blank=True)
    window_address = Line("窓口の所在地", max_length=120, blank=True)
    window_hours = Line("窓口の時間", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "地域の紹介"

    def __str__(self) -> str:
        return f"{self.area_id} の紹介"


class Authority(Record):
    """A government in whose name pages and papers speak: band, name, punctuation, contact, head."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="authority", verbose_name="地域")
    name = Line("団体名", max_length=40)
    site_name = Line("サイト名", max_length=40)
    site_note = Line("サイト名に添える文", max_length=40, blank=True)
    band = models.CharField("帯", max_length=20, choices=Band)
    comma = models.CharField("読点", max_length=1, choices=Comma, default=Comma.TOUTEN)
    head_title = Line("長の職名", max_length=40)
    head_name = Line("長の氏名", max_length=40, blank=True)
    contact_section = Line("問い合わせ先", max_length=60, blank=True)
    contact_postal_code = models.CharField("郵便番号", max_length=8, blank=True)
    contact_address = Line("所在地", max_length=120, blank=True)
    contact_phone = models.CharField("電話番号", max_length=20, blank=True)
    contact_email = models.EmailField("メールアドレス", blank=True)
    contact_hours = Line("受付時間", max_length=60, blank=True)
    is_default = models.BooleanField("このサイト全体の団体", default=False)
    seal = models.ForeignKey(
        "kernel.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="公印の印影",
    )

    class Meta:
        verbose_name = verbose_name_plural = "団体(行政)"
        ordering = ["area"]
        constraints = [
            models.UniqueConstraint(
                name="authority_one_default",
                fields=["is_default"],
                condition=Q(is_default=True),
                violation_error_message="サイト全体の団体は、一つだけです。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Section(Record):
    """A 課・室 or a 地域振興局・支庁 of an authority, with the 記号 its letters carry."""

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="sections", verbose_name="団体"
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上の組織",
    )
    name = Line("名前", max_length=60)
    symbol = Line("記号", max_length=20, blank=True)
    covers = models.ManyToManyField(
        Area, through="SectionCoverage", related_name="offices", verbose_name="受け持つ市町村"
    )

    class Meta:
        verbose_name = verbose_name_plural = "課・室"
        ordering = ["authority", "name"]
        constraints = [
            models.UniqueConstraint(
                name="section_name_unique",
                fields=["authority", "name"],
                violation_error_message="同じ名前の課・室があります。",
            ),
            models.CheckConstraint(
                name="section_not_own_parent",
                condition=~Q(parent=models.F("id")),
                violation_error_message="上の組織に、自分自身は選べません。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SectionCoverage(models.Model):
    """Which municipality a regional office looks after (domain.md 3.5: 振興局 routing)."""

    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, related_name="coverages", verbose_name="課・室"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="coverages", verbose_name="市町村")

    class Meta:
        verbose_name = verbose_name_plural = "受け持ち"
        constraints = [
            models.UniqueConstraint(
                name="sectioncoverage_one_office",
                fields=["area"],
                violation_error_message="一つの市町村を受け持つ地域振興局・支庁は、一つです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} → {self.section_id}"


class SchoolDistrict(Record):
    """A 小学校区 or 中学校区 of a municipality or ward."""

    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="school_districts", verbose_name="市区町村"
    )
    kind = models.CharField("種類", max_length=12, choices=DistrictKind)
    name = Line("名前", max_length=60)
    kana = Line("フリガナ", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "校区"
        ordering = ["area", "kind", "kana", "name"]
        constraints = [
            models.UniqueConstraint(
                name="schooldistrict_name_unique",
                fields=["area", "kind", "name"],
                violation_error_message="同じ名前の校区が、すでにあります。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
