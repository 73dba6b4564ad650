"""Choices of a 廃止."""

from django.db.models import TextChoices


class StopKind(TextChoices):
    """How a project ends before its time (domain.md 3.1, step 7 「変更(中止・廃止)承認申請書」).

    Both are a 廃止 (適正化法7条1項3号, 14条): a 中止 that is to be taken up again later is a change of its end.
    """

    STOPPED = "stopped", "一部を実施して廃止"
    ABANDONED = "abandoned", "全部を取りやめて廃止"


STOP_HELP = {
    StopKind.STOPPED: "途中まで実施した取組を残して、そこで終わりにします。",
    StopKind.ABANDONED: "事業の全部を取りやめます。",
}


class StopState(TextChoices):
    """Where the application for it stands."""

    REQUESTED = "requested", "申請中"
    GRANTED = "granted", "承認済み"
    DECLINED = "declined", "不承認"
    TAKEN_BACK = "taken_back", "取下げ"


LIVE = (StopState.REQUESTED, StopState.GRANTED)
