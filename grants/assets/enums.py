"""Choices of acquired property."""

from django.db.models import TextChoices

FLOOR_YEN = 500_000  # a piece below is not listed (施行令13条4号の通例; a setting of the menu)


class AssetState(TextChoices):
    """Whether a piece is still bound to what the grant was for."""

    HELD = "held", "制限期間中"
    ENDED = "ended", "制限期間終了"
    DISPOSED = "disposed", "処分済み"


class DisposalKind(TextChoices):
    """What is to be done with a piece (適正化法22条: 目的に反する使用、譲渡、交換、貸付け、担保)."""

    CONVERT = "convert", "転用"
    TRANSFER = "transfer", "譲渡"
    EXCHANGE = "exchange", "交換"
    LEND = "lend", "貸付け"
    PLEDGE = "pledge", "担保に供する"
    SCRAP = "scrap", "廃棄・取壊し"


class DisposalState(TextChoices):
    """Where a wish to dispose of a piece stands."""

    DRAFT = "draft", "下書き"
    ASKED = "asked", "申請済み"
    DECIDING = "deciding", "決裁中"
    APPROVED = "approved", "承認"
    REFUSED = "refused", "不承認"
    WITHDRAWN = "withdrawn", "取下げ"


OPEN = frozenset({DisposalState.DRAFT, DisposalState.ASKED, DisposalState.DECIDING})


class Basis(TextChoices):
    """Of what the 納付金 is a share."""

    PRICE = "price", "処分で得る額に対する割合"
    REMAINING = "remaining", "残存価額に対する割合"
    NONE = "none", "納付を求めない"


class Answer(TextChoices):
    """How the wish is answered."""

    APPROVE = "approve", "承認する"
    REFUSE = "refuse", "承認しない"
