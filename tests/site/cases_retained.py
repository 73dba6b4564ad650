"""Objects with which the rows of what outlives a file are opened: the decided file of 志布志市 with two pieces of property."""

from typing import Any

from grants.models import Application, Asset, Discard, Disposal, SubGrant, SubGrantWriter
from portal.accounts.models import User
from portal.kernel import clock
from portal.site.demo.world import DOMAIN

from .cases_recovery import TITLE

PIECE: dict[str, Any] = {
    "spec": "", "kind": "kei", "unit_price_yen": 1_200_000, "amount_yen": 1_200_000, "grant_yen": 600_000,
    "place": "公民館", "years": 4,
}  # fmt: skip


def cases() -> dict[str, dict[str, Any]]:
    """Rows alone; the file is that of the 返還, made before."""
    today, now = clock.today_jst(), clock.now()
    case = Application.objects.get(title=TITLE)
    until_on = today.replace(year=today.year + 4)
    first, second = (
        Asset.objects.create(application=case, name=name, acquired_on=today, until_on=until_on, **PIECE)
        for name in ("車", "車2")
    )
    wish: dict[str, Any] = {"kind": "transfer", "planned_on": today, "reason": "理由", "plan": "計画"}
    draft = Disposal.objects.create(asset=first, **wish)
    asked = Disposal.objects.create(asset=second, state="asked", asked_at=now, **wish)
    Application.objects.filter(pk=case.pk).update(mode="indirect", outlay_yen=500_000)
    sub = SubGrant.objects.create(application=case, platform=case.platform, title="下の事業")
    user = User.objects.get(email=f"organiser-akiha@{DOMAIN}")
    SubGrantWriter.objects.create(subgrant=sub, user=user)
    over = Application.objects.filter(state="rejected", submitted_at__isnull=False).earliest("created_at")
    Discard.objects.create(application=over, kept_until=today, proposed_by=over.created_by)
    return {
        "subgrant": {"pk": sub.pk},
        "subgrant act": {"pk": sub.pk, "act": "submit"},
        "subgrant decide": {"pk": sub.pk, "act": "decide"},
        "retained": {"kind": "application", "pk": over.pk},
        "retained act": {"kind": "application", "pk": over.pk, "act": "hold"},
        "retained approve": {"kind": "application", "pk": over.pk, "act": "approve"},
        "assets": {"pk": case.pk},
        "asset": {"pk": first.pk},
        "asset act": {"pk": first.pk, "act": "write"},
        "disposal draft": {"pk": draft.pk},
        "disposal": {"pk": asked.pk},
        "disposal act": {"pk": asked.pk, "act": "answer"},
    }
