"""What a menu limits: how much it gives and over what that is counted, how many files a municipality has at work."""

from django.db import models
from django.db.models import Q

from grants.enums import CapScope, Table

TAX_PERCENT = 10  # 消費税及び地方消費税 (消費税法29条・地方税法72条の83: 7.8 % + 2.2 %)


class Capped(models.Model):
    """`cap_yen`: the most in yen over `cap_scope`. The procedures ① and ② give no money to be capped; ④ has a cap of each contract.

    `cap_with_tax`: whether the cap of ④ has the consumption tax of `tax_percent` (%) in it; prices of ④ always have it.
    `live_max`: how many files one municipality may have at work at once; none: as many as it likes.
    """

    cap_scope = models.CharField("上限の範囲", max_length=12, choices=CapScope, default=CapScope.NONE)
    cap_yen = models.PositiveBigIntegerField("上限額(円)", null=True, blank=True)
    cap_with_tax = models.BooleanField("上限額に消費税を含む", default=True)
    tax_percent = models.PositiveSmallIntegerField("消費税の税率(%)", default=TAX_PERCENT)
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
    def contract_cap_yen(self) -> int | None:
        """The most a contract of ④ may cost with tax, in yen, whole yen cut off; None without a cap."""
        if self.cap_yen is None or self.cap_with_tax:
            return self.cap_yen
        return self.cap_yen * (100 + self.tax_percent) // 100

    def tax_in(self, price_yen: int) -> int:
        """The consumption tax within a price with tax, in yen, cut off."""
        return price_yen * self.tax_percent // (100 + self.tax_percent)

    @property
    def cap_tax_words(self) -> str:
        """「税込」, or 「税抜。税込で1,650,000円」."""
        return "税込" if self.cap_with_tax else f"税抜。税込で{self.contract_cap_yen:,}円"

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
        """The cap in 万円 where it is whole 万円 (100万円), else in 円; where the tax comes on top, it says so."""
        cap = self.cap_yen or 0
        words = f"{cap:,}円" if cap % 10_000 else f"{cap // 10_000}万円"
        return words if self.cap_with_tax else f"{words}(税抜)"


CAP_RULES = [
    models.CheckConstraint(
        name="menu_tax_percent_in_range",
        condition=Q(tax_percent__lte=50),
        violation_error_message="消費税の税率は、0から50までの割合です。",
    ),
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
