"""学生サポーター: the register of students, their free days, and the terms of the prefecture."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from grants.supporters.enums import (
    ADULT_AGE,
    LIVE,
    REPORT_DAYS,
    TRAVEL_MAX,
    ConsentBy,
    Help,
    SupporterState,
)
from portal.kernel import clock, tokens
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

CONSENT = "supporter-consent"


class SupporterTerms(Record):
    """What one authority settled for its supporters. Without a row the defaults of the columns count."""

    authority = models.OneToOneField(
        "areas.Authority", on_delete=models.PROTECT, verbose_name="団体", related_name="+"
    )
    report_days = models.PositiveSmallIntegerField("報告の期限(活動の最後の日から何日)", default=REPORT_DAYS)
    pays_travel = models.BooleanField("交通費を県が払う", default=True)
    travel_max_yen = models.PositiveIntegerField("1日の交通費の上限(円)", default=3_000)
    insurance = Line("保険", max_length=200, default="県が加入するボランティア活動保険")
    notes = Text("学生に伝えること", max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "学生サポーターの決まり"
        constraints = [
            models.CheckConstraint(
                name="supporterterms_in_range",
                condition=Q(report_days__range=(1, 90), travel_max_yen__lte=TRAVEL_MAX),
                violation_error_message="報告の期限は1日から90日まで、交通費の上限は5万円までです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority}の学生サポーターの決まり"


class Supporter(Record):
    """One student in the register of an authority. `state` is written by `supporters.workflow.SUPPORTER` only.

    Under 18 the guardian consents, over a link of their own or on paper that an officer keeps (`consented_by`).
    `token_version` rises with each new link. Birth date, school and guardian are shown to the prefecture's officers only.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=(
            "user", "name", "kana", "school", "grade", "birth_on", "phone", "guardian_name", "guardian_phone",
            "guardian_email", "consent_paper", "registered_by",
        ),
        retention="5y",
        purpose="学生サポーターを登録し、活動先と結び、18歳未満の人は保護者の同意を確かめるため",
    )  # fmt: skip

    authority = models.ForeignKey(
        "areas.Authority", on_delete=models.PROTECT, verbose_name="団体", related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="利用者", related_name="+"
    )
    name = Line("氏名", max_length=60)
    kana = Line("フリガナ", max_length=120)
    school = Line("学校", max_length=80)
    grade = Line("学年", max_length=20)
    birth_on = models.DateField("生年月日")
    phone = models.CharField("電話番号", max_length=20, blank=True)
    fields = ArrayField(
        models.CharField(max_length=12, choices=Help), verbose_name="手伝えること", default=list
    )
    wish = Text("やってみたいこと", max_length=500, blank=True)
    offices = models.ManyToManyField("areas.Section", verbose_name="行ける地域", related_name="+", blank=True)
    guardian_name = Line("保護者の氏名", max_length=60, blank=True)
    guardian_phone = models.CharField("保護者の電話番号", max_length=20, blank=True)
    guardian_email = models.EmailField("保護者のメールアドレス", blank=True)
    consented_at = models.DateTimeField("保護者が同意した日時", null=True, blank=True)
    consented_by = models.CharField("同意の方法", max_length=8, choices=ConsentBy, blank=True)
    consent_paper = models.ForeignKey(
        "kernel.StoredFile", on_delete=models.PROTECT, verbose_name="同意書", related_name="+", null=True, blank=True
    )  # fmt: skip
    token_version = models.PositiveSmallIntegerField("リンクの版", default=1)
    state = models.CharField("状態", max_length=12, choices=SupporterState, default=SupporterState.REQUESTED)
    registered_at = models.DateTimeField("登録した日時", null=True, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="登録した人", related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    left_at = models.DateTimeField("登録をやめた日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "学生サポーター"
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "user"],
                condition=Q(state__in=LIVE),
                name="supporter_one_of_a_person",
                violation_error_message="学生サポーターの登録を、もう申し込んでいます。",
            ),
            models.CheckConstraint(
                name="supporter_has_fields",
                condition=Q(fields__len__gte=1),
                violation_error_message="手伝えることを、一つ以上選んでください。",
            ),
            models.CheckConstraint(
                name="supporter_consent_whole",
                condition=Q(consented_at__isnull=True, consented_by="", consent_paper__isnull=True)
                | Q(consented_at__isnull=False, consented_by=ConsentBy.LINK, consent_paper__isnull=True)
                | Q(consented_at__isnull=False, consented_by=ConsentBy.PAPER, consent_paper__isnull=False),
                violation_error_message="保護者の同意には、日時と方法が要ります。書面のときは、その書面も要ります。",
            ),
            models.CheckConstraint(
                name="supporter_registered_stamped",
                condition=~Q(state=SupporterState.REGISTERED) | Q(registered_at__isnull=False),
                violation_error_message="登録した日時のない登録は、できません。",
            ),
            models.CheckConstraint(
                name="supporter_left_iff_stamped",
                condition=Q(state=SupporterState.LEFT, left_at__isnull=False)
                | Q(~Q(state=SupporterState.LEFT), left_at__isnull=True),
                violation_error_message="登録をやめた日時は、登録をやめた人だけが持ちます。",
            ),
        ]
        indexes = [models.Index(fields=["authority", "kana", "id"], name="supporter_of_authority")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The officers' page."""
        return reverse("grants:supporter_detail", args=[self.pk])

    def get_act_url(self, act: str) -> str:
        return reverse("grants:supporter_act", args=[self.pk, act])

    def get_consent_url(self) -> str:
        """The guardian's own page; whoever has the address may consent, so only the guardian gets it."""
        return reverse("grants:supporter_consent", args=[tokens.make(CONSENT, self.pk, self.token_version)])

    @property
    def fields_words(self) -> str:
        return "、".join(Help(value).label for value in self.fields)

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_requested(self) -> bool:
        return self.state == SupporterState.REQUESTED

    def is_adult_on(self, day: date) -> bool:
        """18 years old on that day (民法4条); born on 29 February: on 1 March."""
        return age_on(self.birth_on, day) >= ADULT_AGE

    @property
    def is_adult(self) -> bool:
        return self.is_adult_on(clock.today_jst())

    @property
    def lacks_consent(self) -> bool:
        """Under 18 today, and the guardian has not consented."""
        return not self.is_adult and self.consented_at is None


def latest_birth(day: date) -> date:
    """The last birth date with which one is 18 on a day."""
    try:
        return day.replace(year=day.year - ADULT_AGE)
    except ValueError:  # 29 February, and no such day 18 years ago
        return date(day.year - ADULT_AGE, 2, 28)


def age_on(born: date, day: date) -> int:
    """Full years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class SupporterOffer(Record):
    """One day on which a student has time. What is booked are the days of placements."""

    supporter = models.ForeignKey(
        Supporter, on_delete=models.CASCADE, verbose_name="学生サポーター", related_name="offers"
    )
    on = models.DateField("日")

    class Meta:
        verbose_name = verbose_name_plural = "活動できる日"
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["supporter", "on"],
                name="supporteroffer_day_once",
                violation_error_message="その日は、もう出しています。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supporter} {self.on}"

    def get_remove_url(self) -> str:
        return reverse("grants:supporter_offer_remove", args=[self.pk])
