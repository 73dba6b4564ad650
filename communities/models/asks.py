"""What an event asks beyond the usual: its own questions, children and their guardians, childcare; and when it reminds."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from ..enums import QuestionKind
from .events import Event
from .registrations import Registration

OLDEST = 12
_PURPOSE = "この催しの準備、名簿、行事保険のため"


class EventAsk(models.Model):
    """The settings of one event; an event without a row asks nothing more, and reminds.

    Places of childcare are given under the lock of the seats.
    """

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, primary_key=True, related_name="ask", verbose_name="催し"
    )
    children_welcome = models.BooleanField("こどもも参加", default=False)
    childcare_capacity = models.PositiveSmallIntegerField("託児の定員", null=True, blank=True)
    childcare_close_at = models.DateTimeField("託児の締切", null=True, blank=True)
    childcare_from_age = models.PositiveSmallIntegerField("託児の年齢(下)", default=1)
    childcare_to_age = models.PositiveSmallIntegerField("託児の年齢(上)", default=6)
    remind_week = models.BooleanField("7日前に知らせる", default=True)
    remind_day = models.BooleanField("前の日に知らせる", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "申込みで聞くこと"
        constraints = [
            models.CheckConstraint(
                name="eventask_childcare_has_a_deadline",
                condition=Q(childcare_capacity__isnull=True, childcare_close_at__isnull=True)
                | Q(childcare_capacity__gt=0, childcare_close_at__isnull=False),
                violation_error_message="託児をするときは、1人以上の定員と締切を決めてください。",
            ),
            models.CheckConstraint(
                name="eventask_childcare_ages",
                condition=Q(childcare_from_age__lte=F("childcare_to_age"), childcare_to_age__lte=OLDEST),
                violation_error_message=f"託児の年齢は、0歳から{OLDEST}歳までで、小さいほうから書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.event_id)


class EventQuestion(Record):
    """A question of the organisers. Once somebody answered, only its words may be put right."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions", verbose_name="催し")
    place = models.PositiveSmallIntegerField("順番")
    kind = models.CharField("答え方", max_length=10, choices=QuestionKind)
    wording = Line("質問", max_length=200)
    hint = Line("補足", max_length=200, blank=True)
    options = ArrayField(Line("選択肢", max_length=80), verbose_name="選択肢", default=list, blank=True)
    required = models.BooleanField("必ず答えてもらう", default=False)
    retired_at = models.DateTimeField("聞くのをやめた日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "質問"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "place"],
                name="eventquestion_place",
                violation_error_message="質問の順番が重なっています。もう一度お試しください。",
            ),
            models.CheckConstraint(
                name="eventquestion_options_iff_choice",
                condition=Q(kind__in=[QuestionKind.CHOICE, QuestionKind.CHOICES], options__len__gte=2)
                | Q(kind__in=[QuestionKind.TEXT, QuestionKind.NUMBER], options__len=0),
                violation_error_message="選んでもらう質問には、2つ以上の選択肢を書いてください。",
            ),
            models.CheckConstraint(
                name="eventquestion_wording_not_empty",
                condition=~Q(wording=""),
                violation_error_message="質問を入力してください。",
            ),
        ]

    def __str__(self) -> str:
        return self.wording

    @property
    def field_name(self) -> str:
        """What the question is called in the form of a registration."""
        return f"answer_{self.pk.hex}"


class EventAnswer(models.Model):
    """What one party answered. Several choices are several values; the others have one."""

    privacy: ClassVar[Privacy] = Privacy(fields=("values",), retention="1y", purpose=_PURPOSE)

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="answers", verbose_name="申込み"
    )
    question = models.ForeignKey(
        EventQuestion, on_delete=models.PROTECT, related_name="answers", verbose_name="質問"
    )
    values = ArrayField(Text("答え", max_length=1000), verbose_name="答え")

    class Meta:
        verbose_name = verbose_name_plural = "質問への答え"
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "question"],
                name="eventanswer_once",
                violation_error_message="この質問には、もう答えています。",
            ),
            models.CheckConstraint(
                name="eventanswer_not_empty",
                condition=Q(values__len__gte=1),
                violation_error_message="答えが空です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.question_id}"


class PartyAges(models.Model):
    """How many of a party are under 18, by band. Kept only where the event asks; no birth dates (個人情報保護法61条)."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("teen_count", "primary_count", "infant_count"), retention="1y", purpose=_PURPOSE
    )

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, primary_key=True, related_name="ages", verbose_name="申込み"
    )
    teen_count = models.PositiveSmallIntegerField("13歳から17歳", default=0)
    primary_count = models.PositiveSmallIntegerField("6歳から12歳", default=0)
    infant_count = models.PositiveSmallIntegerField("0歳から5歳", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "18歳未満の人数"

    def __str__(self) -> str:
        return str(self.registration_id)

    @property
    def minors(self) -> int:
        return self.teen_count + self.primary_count + self.infant_count


class GuardianConsent(models.Model):
    """A guardian's consents, each its own: taking part, first aid, photographs. The last is never a condition."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("name", "phone"), retention="1y", purpose="18歳未満の方の保護者に連絡し、同意を確かめるため"
    )

    registration = models.OneToOneField(
        Registration,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="guardian",
        verbose_name="申込み",
    )
    name = Line("保護者の氏名", max_length=80)
    phone = models.CharField("保護者の電話番号", max_length=20)
    participation_at = models.DateTimeField("参加に同意した日時")
    emergency_at = models.DateTimeField("応急手当に同意した日時")
    photo_at = models.DateTimeField("写真に同意した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "保護者の同意"
        constraints = [
            models.CheckConstraint(
                name="guardianconsent_named",
                condition=~Q(name="") & ~Q(phone=""),
                violation_error_message="保護者の氏名と電話番号を入力してください。",
            )
        ]

    def __str__(self) -> str:
        return str(self.registration_id)


class ChildcareRequest(models.Model):
    """託児: the ages of the children, one number each. They are not people of the party."""

    privacy: ClassVar[Privacy] = Privacy(fields=("ages",), retention="1y", purpose="託児の準備と、保険のため")

    registration = models.OneToOneField(
        Registration,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="childcare",
        verbose_name="申込み",
    )
    ages = ArrayField(models.PositiveSmallIntegerField("年齢"), verbose_name="お子さんの年齢")
    children_count = models.PositiveSmallIntegerField("お子さんの人数")

    class Meta:
        verbose_name = verbose_name_plural = "託児の申込み"
        constraints = [
            models.CheckConstraint(
                name="childcarerequest_one_age_each",
                condition=Q(ages__len=F("children_count"), children_count__gte=1),
                violation_error_message="託児の人数だけ、年齢を書いてください。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.children_count}"
