"""Collaborations 協働: the counted unit of the policy indicator, with its evidence and the year that closes.

One collaboration = in one 年度, one initiative and one outside organisation that shared a purpose, divided roles in
writing and did something (協働数の定義案; 鹿児島県「共生・協働」). The year closes on 31 May (`CollaborationYear`).
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.areas.models import Area, Authority
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record, StoredFile
from portal.kernel.privacy import Privacy

from ..enums import CollaborationForm, CollaborationState, EvidenceKind
from .initiatives import Initiative
from .organisations import Organisation

_USER = settings.AUTH_USER_MODEL


class Collaboration(Record):
    """`fiscal_year` is the 年度 of `started_on`, the first dated activity; `areas` holds the lead area too."""

    fiscal_year = models.PositiveSmallIntegerField("年度")
    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="collaborations", verbose_name="取組"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="collaborations", verbose_name="相手方"
    )
    lead_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name="主な地域")
    areas = models.ManyToManyField(Area, related_name="collaborations", verbose_name="関わる地域")
    form = models.CharField("協働の形態", max_length=14, choices=CollaborationForm)
    our_role = Line("わたしたちの役割", max_length=200)
    their_role = Line("相手方の役割", max_length=200)
    started_on = models.DateField("実施した日")
    ended_on = models.DateField("終わった日", null=True, blank=True)
    place = Line("場所", max_length=120, blank=True)
    participants_count = models.PositiveIntegerField("参加人数", null=True, blank=True)
    outcome = Text("成果", max_length=2000, blank=True)
    partner_public = models.BooleanField("相手方が名前の公開に同意した", default=False)
    continuing = models.BooleanField("前の年度から続く", default=False)
    state = models.CharField(
        "状態", max_length=14, choices=CollaborationState, default=CollaborationState.DRAFT
    )
    submitted_at = models.DateTimeField("提出した日時", null=True, blank=True)
    submitted_by = models.ForeignKey(
        _USER, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="提出した人"
    )
    ward_confirmed_at = models.DateTimeField("区が確認した日時", null=True, blank=True)
    ward_confirmed_by = models.ForeignKey(
        _USER, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="区で確認した人"
    )
    counted_at = models.DateTimeField("算入した日時", null=True, blank=True)
    counted_by = models.ForeignKey(
        _USER, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="算入した人"
    )
    returned_at = models.DateTimeField("差し戻した日時", null=True, blank=True)
    returned_by = models.ForeignKey(
        _USER, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="差し戻した人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "協働"
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "initiative", "organisation"],
                name="collaboration_once_a_year",
                violation_error_message="この年度の、この取組とこの相手方の協働は、もう記録されています。",
            ),
            models.CheckConstraint(
                name="collaboration_started_in_its_year",
                condition=Q(started_on__month__gte=4, started_on__year=F("fiscal_year"))
                | Q(started_on__month__lte=3, started_on__year=F("fiscal_year") + 1),
                violation_error_message="実施した日が、その年度(4月1日から3月31日まで)の中にありません。",
            ),
            models.CheckConstraint(
                name="collaboration_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                violation_error_message="終わった日は、実施した日より後にしてください。",
            ),
            models.CheckConstraint(
                name="collaboration_roles_written",
                condition=~Q(our_role="") & ~Q(their_role=""),
                violation_error_message="両方の役割を書いてください。役割を分けていないものは、協働数に数えません。",
            ),
            models.CheckConstraint(
                name="collaboration_submitted_at_iff_submitted",
                condition=Q(state=CollaborationState.DRAFT, submitted_at__isnull=True)
                | (~Q(state=CollaborationState.DRAFT) & Q(submitted_at__isnull=False)),
                violation_error_message="提出した日時は、提出した記録だけが持ちます。",
            ),
            models.CheckConstraint(
                name="collaboration_ward_confirmed_at_iff_confirmed",
                condition=Q(state=CollaborationState.COUNTED)
                | Q(state=CollaborationState.WARD_CONFIRMED, ward_confirmed_at__isnull=False)
                | (~Q(state=CollaborationState.WARD_CONFIRMED) & Q(ward_confirmed_at__isnull=True)),
                violation_error_message="区が確認した日時は、区が確認した記録だけが持ちます。",
            ),
            models.CheckConstraint(
                name="collaboration_returned_at_iff_returned",
                condition=Q(state=CollaborationState.RETURNED, returned_at__isnull=False)
                | (~Q(state=CollaborationState.RETURNED) & Q(returned_at__isnull=True)),
                violation_error_message="差し戻した日時は、差し戻した記録だけが持ちます。",
            ),
            models.CheckConstraint(
                name="collaboration_counted_at_iff_counted",
                condition=Q(state=CollaborationState.COUNTED, counted_at__isnull=False)
                | (~Q(state=CollaborationState.COUNTED) & Q(counted_at__isnull=True)),
                violation_error_message="算入した日時は、協働数に数えた記録だけが持ちます。",
            ),
        ]
        indexes = [
            models.Index(fields=["fiscal_year", "state"], name="collaboration_year_state"),
            models.Index(fields=["lead_area", "state", "submitted_at"], name="collaboration_queue"),
            models.Index(fields=["initiative", "-started_on"], name="collaboration_initiative"),
            models.Index(fields=["lead_area", "created_at", "id"], name="collaboration_area"),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("communities:collaboration_detail", args=[self.pk])

    @property
    def partner_label(self) -> str:
        """What the public reads about the other side: its name only if it agreed, else its kind."""
        return self.organisation.name if self.partner_public else self.organisation.get_kind_display()


class Evidence(Record):
    """A file that proves a collaboration. The public sees its kind, staff the file."""

    collaboration = models.ForeignKey(
        Collaboration, on_delete=models.PROTECT, related_name="evidence", verbose_name="協働"
    )
    kind = models.CharField("資料の種類", max_length=10, choices=EvidenceKind)
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="ファイル"
    )

    class Meta:
        verbose_name = verbose_name_plural = "根拠の資料"
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["collaboration", "created_at"], name="evidence_collaboration")]

    def __str__(self) -> str:
        return self.get_kind_display()


class CollaborationYear(models.Model):
    """A 年度 of one authority. Locked on 31 May: afterwards only corrections with old value, new value and reason."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("locked_by",), retention="10y", purpose="年度を締めた職員を記録するため"
    )

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", verbose_name="団体")
    fiscal_year = models.PositiveSmallIntegerField("年度")
    locked_at = models.DateTimeField("締めた日時", null=True, blank=True)
    locked_by = models.ForeignKey(
        _USER, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="締めた人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "協働数の年度"
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "fiscal_year"],
                name="collaborationyear_once",
                violation_error_message="この年度は、もうあります。",
            ),
            models.CheckConstraint(
                name="collaborationyear_locked_by_has_time",
                condition=Q(locked_by__isnull=True) | Q(locked_at__isnull=False),
                violation_error_message="締めた人があるときは、締めた日時も要ります。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.fiscal_year}"
