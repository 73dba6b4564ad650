"""People and the appointments they hold. A person is a mail address and a display name; passwords do not exist."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce, Lower
from django.urls import reverse

from portal.areas.enums import AreaKind
from portal.areas.models import Area, Section
from portal.areas.queries import home_code
from portal.kernel import clock
from portal.kernel.fields import Line
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .enums import ROLE_KINDS, AgeGroup, Role


class UserManager(BaseUserManager["User"]):
    """Finds people by their mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(Record, AbstractBaseUser, PermissionsMixin):
    """A person with an account. `email` is kept in lower case, which makes it unique whatever the case."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("email", "name", "age_group", "adult_confirmed_on"),
        retention="account",
        purpose="ログインと、手続きの結果や案内を本人に知らせるため",
    )

    email = models.EmailField("メールアドレス", max_length=254, unique=True)
    name = Line("表示名", max_length=40)
    age_group = models.CharField("年齢", max_length=10, choices=AgeGroup)
    adult_confirmed_on = models.DateField("18歳以上と確認した日", null=True, blank=True)
    consented_at = models.DateTimeField("個人情報の取り扱いに同意した日時", null=True, blank=True)
    is_active = models.BooleanField("利用できる", default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "利用者"
        constraints = [
            models.CheckConstraint(
                name="user_email_lower_case",
                condition=Q(email=Lower("email")),
                violation_error_message="メールアドレスは、小文字で保存します。",
            ),
            models.CheckConstraint(
                name="user_adult_iff_confirmed",
                condition=Q(age_group=AgeGroup.ADULT, adult_confirmed_on__isnull=False)
                | Q(age_group=AgeGroup.TEEN, adult_confirmed_on__isnull=True),
                violation_error_message="18歳以上と確認した日は、18歳以上の人だけが持ちます。",
            ),
        ]
        indexes = [models.Index(fields=["created_at", "id"], name="user_created_at")]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        """How django-admin greets a person."""
        return self.name

    @property
    def is_adult(self) -> bool:
        return self.age_group == AgeGroup.ADULT

    @property
    def is_minor(self) -> bool:
        """Whether the person said 13 to 17 at sign-up and has not confirmed 18 since."""
        return not self.is_adult

    @property
    def is_staff(self) -> bool:
        """django-admin asks this; who may enter it is decided by the appointment (accounts.adminsite)."""
        return False


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments; terms are whole days in Japan, the last day included."""

    def live(self, on: date) -> "AppointmentQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def not_over(self, on: date) -> "AppointmentQuerySet":
        """Live or still to come."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def ended(self, on: date) -> "AppointmentQuerySet":
        return self.filter(ends_on__lt=on)


def role_and_kind() -> Q:
    """The rule of ROLE_KINDS as a condition on (role, area_kind); without an area the kind is empty."""
    condition = Q()
    for role, kinds in ROLE_KINDS.items():
        condition |= Q(role=role, area_kind__in=sorted(kinds)) if kinds else Q(role=role, area_kind="")
    return condition


class DateRange(Func):
    """daterange(a, b, '[]'): both days inside; a missing end is open."""

    function = "daterange"
    output_field = DateRangeField()


class Appointment(Record):
    """A role held at an area or section for a term. `area_kind` repeats the area's kind, so the database itself
    refuses a ward officer of a prefecture (a composite foreign key holds the two together)."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("user",), retention="5y", purpose="だれがいつ、どの役職にあったかを確かめられるようにするため"
    )

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="appointments", verbose_name="利用者"
    )
    role = models.CharField("役職", max_length=30, choices=Role)
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name="地域",
    )
    area_kind = models.CharField("地域の種類", max_length=20, choices=AreaKind, blank=True, editable=False)
    section = models.ForeignKey(
        Section,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name="課・室",
    )
    starts_on = models.DateField("始まる日")
    ends_on = models.DateField("終わる日", null=True, blank=True)
    acting = models.BooleanField("職務代理", default=False)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="後任",
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "役職"
        constraints = [
            models.CheckConstraint(
                name="appointment_role_fits_area",
                condition=role_and_kind(),
                violation_error_message="この役職は、選んだ地域には置けません。",
            ),
            models.CheckConstraint(
                name="appointment_area_iff_kind",
                condition=Q(area__isnull=True, area_kind="") | (Q(area__isnull=False) & ~Q(area_kind="")),
                violation_error_message="地域と地域の種類は、そろって持ちます。",
            ),
            models.CheckConstraint(
                name="appointment_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="終わる日は、始まる日より前にはできません。",
            ),
            ExclusionConstraint(
                name="appointment_terms_do_not_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("area", Value("")), RangeOperators.EQUAL),
                    (Coalesce(Cast("section", models.TextField()), Value("")), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="同じ人の同じ役職で、期間が重なるものがあります。",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "starts_on"], name="appointment_user"),
            models.Index(fields=["area", "role"], name="appointment_area_role"),
            models.Index(fields=["-starts_on", "id"], name="appointment_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.place}"

    def get_absolute_url(self) -> str:
        return reverse("accounts:appointment_detail", args=[self.pk])

    @property
    def place(self) -> str:
        """Where it is held, as staff say it."""
        parts = [self.area.name if self.area else "全体", self.section.name if self.section else ""]
        return " ".join(part for part in parts if part)

    def is_live(self, on: date | None = None) -> bool:
        """Whether it counts on a day (today in Japan when not given)."""
        day = on or clock.today_jst()
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def clean(self) -> None:
        """Keep the kind beside the area, the section inside the area's government, and the days in order.

        The days come first: PostgreSQL makes no range whose end lies before its start, not even to compare it.
        """
        self.area_kind = self.area.kind if self.area else ""
        if self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "終わる日は、始まる日より前にはできません。"})
        if self.section and (self.area is None or self.section.authority.area_id != home_code(self.area)):
            raise ValidationError({"section": "課・室は、選んだ地域の団体のものを選んでください。"})

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.area_kind = self.area.kind if self.area else ""
        super().full_clean(*args, **kwargs)
