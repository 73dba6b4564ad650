"""Lotteries: the seal that was published before the draw, and the seed and entries with which it was drawn."""

from django.db import models
from django.db.models import Q

from ..seats.draw import Drawn, Entry, draw
from .events import Event


class Lottery(models.Model):
    """The draw of one event. `seal` is public from the beginning; `seed` is empty until it is drawn, and then public.

    The seed follows from `nonce` and the key of the server (seats.sealing): no row of the database shows it before.
    `entries`, without a name, are [number, people] as they stood when it was drawn, so that anybody can draw again.
    """

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, primary_key=True, related_name="lottery", verbose_name="イベント"
    )
    seal = models.CharField("封(種のSHA-256)", max_length=64)
    nonce = models.CharField("封のもと", max_length=64)
    seed = models.CharField("抽選の種", max_length=64, blank=True)
    sealed_at = models.DateTimeField("封を公開した日時")
    drawn_at = models.DateTimeField("抽選した日時", null=True, blank=True)
    capacity = models.PositiveIntegerField("抽選したときの定員", null=True, blank=True)
    entries = models.JSONField("応募の一覧", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "抽選"
        constraints = [
            models.CheckConstraint(
                name="lottery_seal_is_a_digest",
                condition=Q(seal__regex=r"^[0-9a-f]{64}$") & ~Q(seal=models.F("seed")),
                violation_error_message="封は、種のSHA-256です。",
            ),
            models.CheckConstraint(
                name="lottery_drawn_after_sealed",
                condition=Q(drawn_at__isnull=True, entries=[], capacity__isnull=True)
                | Q(drawn_at__isnull=False, drawn_at__gt=models.F("sealed_at")),
                violation_error_message="抽選の前に、封を公開します。応募の一覧は、抽選したときのものです。",
            ),
            models.CheckConstraint(
                name="lottery_seed_iff_drawn",
                condition=Q(drawn_at__isnull=True, seed="") | (Q(drawn_at__isnull=False) & ~Q(seed="")),
                violation_error_message="種は、抽選のときに初めて公開します。",
            ),
        ]

    def __str__(self) -> str:
        return self.seal

    @property
    def result(self) -> list[Drawn]:
        """The result, drawn again from what is stored; empty before the draw."""
        return draw(self.seed, [Entry(*each) for each in self.entries], self.capacity)
