"""Choices of the 委託先 of menu ①."""

from django.db.models import TextChoices


class StatementState(TextChoices):
    """Where a 精算書 stands."""

    DRAFT = "draft", "作成中"
    SUBMITTED = "submitted", "県の確認待ち"
    CHECKED = "checked", "支払い待ち"
    PAID = "paid", "支払い済み"
    DROPPED = "dropped", "取りやめ"


HOLDING = (StatementState.SUBMITTED, StatementState.CHECKED, StatementState.PAID)
# what uses the amount of the contract
