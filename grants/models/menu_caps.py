"""What a menu limits: how much it gives and over what that is counted, how many files a municipality has at work."""

from django.db import models
from django.db.models import Q

from grants.enums import CapScope, Table


class Capped(models.Model):
    """`cap_yen`: the most in yen over `cap_scope`. The procedures ① and ② give no money to be capped; ④ has a cap of each contract.

    `live_max`: how many files one municipality may have at work at once; none: as many as it likes.
    """

    cap_scope = models.CharField("上限の範囲", max_length=12, choices=CapScope, default=CapScope.NONE)
    cap_yen = models.PositiveBigIntegerField("上限額(円)", null=True, blank=True)
    live_max = models.PositiveSmallIntegerField("1市町村が同時に進められる件数", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def town_cap_yen(self) -> int | None:
        """What one municipality may receive in the year over all its files, in yen; None where the cap is not counted so."""
        return self.cap_yen if self.cap_scope == CapScope.MUNICIPALITY else None

    @property
    def file_cap_yen(self) -> int | None:
        """What one file may receive whatever the others do, in yen; None where the cap is not counted so."""
        return self.cap_yen if self.cap_scope == CapScope.CONTRACT else None

    @property
    def cap_label(self) -> str:
        """「1市町村あたり上限」, 「1件あたり上限」."""
        return "1市町村あたり上限" if self.cap_scope == CapScope.MUNICIPALITY else "1件あたり上限"

    @property
    def cap_left_label(self) -> str:
        """How a calculation names the cap that it takes into account."""
        return "市町村の残りの枠" if self.file_cap_yen is None else "1件あたりの上限"

    @property
    def cap_words(self) -> str:
        """The cap in 万円 where it is whole 万円 (100万円), else in 円."""
        cap = self.cap_yen or 0
        return f"{cap:,}円" if cap % 10_000 else f"{cap // 10_000}万円"


CAP_RULES = [
    models.CheckConstraint(
        name="menu_live_max_in_range",
        condition=Q(live_max__isnull=True) | Q(live_max__range=(1, 100)),
        violation_error_message="同時に進められる件数は、1から100までです。",
    ),
    models.CheckConstraint(
        name="menu_cap_iff_scope",
        condition=Q(cap_scope=CapScope.NONE, cap_yen__isnull=True)
        | (~Q(cap_scope=CapScope.NONE) & Q(cap_yen__isnull=False, cap_yen__gt=0)),
        violation_error_message="上限額は、上限の範囲があるときに、入力してください。",
    ),
    models.CheckConstraint(
        name="menu_cap_scope_of_table",
        condition=Q(table=Table.SUBSIDY)
        | Q(table=Table.COMMISSION, cap_scope__in=(CapScope.NONE, CapScope.CONTRACT))
        | Q(cap_scope=CapScope.NONE),
        violation_error_message="この手続きで使えない上限の範囲です。メニュー①②は上限なし、④は1件あたりだけです。",
    ),
]
