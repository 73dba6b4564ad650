"""Choices of 間接補助."""

from django.db.models import TextChoices


class SubGrantState(TextChoices):
    """Where the file of the コミプラ stands with its municipality."""

    DRAFT = "draft", "下書き"
    SUBMITTED = "submitted", "申請済み"
    RETURNED = "returned", "補正待ち"
    DECIDED = "decided", "交付決定"
    REFUSED = "refused", "不交付"
    REPORTED = "reported", "実績報告済み"
    SETTLED = "settled", "額の確定"
    WITHDRAWN = "withdrawn", "取下げ"
    REVOKED = "revoked", "決定の取消し"


WRITTEN = frozenset({SubGrantState.DRAFT, SubGrantState.RETURNED})  # the コミプラ writes its application
CORRECTION_DAYS_MAX = 90  # from today on, for a correction
USING = frozenset(
    {SubGrantState.DECIDED, SubGrantState.REPORTED, SubGrantState.SETTLED}
)  # it uses the 18節 line
GOING_ON = frozenset(
    {
        SubGrantState.DRAFT,
        SubGrantState.SUBMITTED,
        SubGrantState.RETURNED,
        SubGrantState.DECIDED,
        SubGrantState.REPORTED,
    }
)  # the municipality cannot report its own result before
NEVER_GRANTED = frozenset({SubGrantState.WITHDRAWN, SubGrantState.REFUSED})


class Side(TextChoices):
    """A line of the コミプラ's budget is money that comes or goes."""

    INCOME = "income", "収入"
    EXPENSE = "expense", "支出"


class Item(TextChoices):
    """費目 of a コミプラ's budget, as 要綱 for communities name them."""

    OWN = "own", "自己資金"
    FEES = "fees", "参加費・会費"
    OTHER_INCOME = "other_income", "その他の収入"
    REWARD = "reward", "報償費"
    TRAVEL = "travel", "旅費"
    SUPPLIES = "supplies", "消耗品費"
    PRINTING = "printing", "印刷製本費"
    POSTAGE = "postage", "通信運搬費"
    INSURANCE = "insurance", "保険料"
    RENT = "rent", "使用料・賃借料"
    EQUIPMENT = "equipment", "備品購入費"
    COMMISSION = "commission", "委託費"
    OTHER = "other", "その他の経費"


INCOME_ITEMS = (Item.OWN, Item.FEES, Item.OTHER_INCOME)
EXPENSE_ITEMS = tuple(item for item in Item if item not in INCOME_ITEMS)
