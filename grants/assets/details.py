"""What a 決裁 of a 財産処分 is about, in words for those who sign it."""

from portal.kernel.fiscal import wareki
from portal.kernel.money import yen

from ..models import Disposal


def disposal_details(disposal: Disposal) -> list[tuple[str, str]]:
    """(label, words): the piece, the wish, the answer as it was drafted. No query for a row loaded with its asset."""
    asset = disposal.asset
    found = [
        ("財産", f"{asset.name} {asset.spec}".strip()),
        ("取得の額", f"{yen(asset.amount_yen)}(うち補助金 {yen(asset.grant_yen)})"),
        ("制限期間の最後の日", wareki(asset.until_on)),
        ("処分の種類", disposal.get_kind_display()),
        ("処分の予定日", wareki(disposal.planned_on)),
        ("処分の理由", disposal.reason),
        ("処分で得る額", yen(disposal.price_yen) if disposal.price_yen else "なし"),
        ("残存価額", yen(disposal.remaining_yen)),
    ]
    if not disposal.basis:
        return [*found, ("結果", "承認しない"), ("承認しない理由", disposal.answer_reason)]
    found += [
        ("結果", "承認する"),
        ("納付金", f"{yen(disposal.payback_yen or 0)}({disposal.get_basis_display()})"),
        ("制限", "処分で終わる" if disposal.ends_limit else "残りの期間つづく"),
    ]
    more = (("承認の条件", disposal.conditions), ("納付を求めない理由", disposal.answer_reason))
    return [*found, *((label, words) for label, words in more if words)]
