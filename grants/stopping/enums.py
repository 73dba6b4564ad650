"""Choices of a 中止・廃止."""

from django.db.models import TextChoices


class StopKind(TextChoices):
    """How a project ends before its time (domain.md 3.1, step 7 「変更(中止・廃止)承認申請書」)."""

    STOPPED = "stopped", "中止"
    ABANDONED = "abandoned", "廃止"


STOP_HELP = {
    StopKind.STOPPED: "途中までの取組を残して、そこで終わりにします。",
    StopKind.ABANDONED: "事業そのものを取りやめます。",
}


class StopState(TextChoices):
    """Where the application for it stands."""

    REQUESTED = "requested", "申請中"
    GRANTED = "granted", "承認済み"
    DECLINED = "declined", "不承認"
    TAKEN_BACK = "taken_back", "取下げ"


LIVE = (StopState.REQUESTED, StopState.GRANTED)
