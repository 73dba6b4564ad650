"""What the kernel's sweep does for acquired property: a limit whose last day has passed ends by itself."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from portal.kernel import clock
from portal.kernel.actors import JobActor

from .. import queries
from ..models import Asset, Disposal
from .enums import AssetState, DisposalState
from .workflow import ASSET, DISPOSAL

BY = JobActor("grants.assets")
LABEL = "財産の処分制限期間の終わり"
AT_ONCE = 500


def end_limits() -> tuple[str, int]:
    """For the kernel's sweep: how many limits ended. What is being decided waits for its answer. Safe twice."""
    deciding = Disposal.objects.filter(asset=OuterRef("pk"), state=DisposalState.DECIDING)
    over = Asset.objects.filter(~Exists(deciding), state=AssetState.HELD, until_on__lt=clock.today_jst())
    keys = list(over.order_by("until_on", "id").values_list("pk", flat=True)[:AT_ONCE])
    return LABEL, sum(_end(key) for key in keys)


def _end(key: object) -> bool:
    with transaction.atomic():
        asset = Asset.objects.select_related("application").get(pk=key)
        queries.lock(asset.application)
        asset.refresh_from_db()
        open_ones = asset.disposals.filter(state__in=[DisposalState.DRAFT, DisposalState.ASKED])
        if not asset.is_held or asset.disposals.filter(state=DisposalState.DECIDING).exists():
            return False
        for disposal in open_ones:
            DISPOSAL.apply(disposal, "lapse", by=BY)
        ASSET.apply(asset, "end", by=BY)
    return True
