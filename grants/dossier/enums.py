"""Choices of 一件書類 and 黒塗り, and the constants of their rules."""

from django.db.models import TextChoices

MARKS_MAX = 500  # of one copy
PAGES_MAX = 2_000  # of one 一件書類: a file of a subsidy has some dozens
COMPLETE = 1_000  # per mille of a page's width and height


class RedactionState(TextChoices):
    """Where a blacked-out copy stands."""

    DRAFT = "draft", "印を付けています"
    MAKING = "making", "作成中"
    MADE = "made", "できました"


class MarkKind(TextChoices):
    """What is blacked out."""

    TERM = "term", "語"
    REGION = "region", "場所"
    PAGE = "page", "ページ全体"


class Ground(TextChoices):
    """Why something is not shown: the kinds of 不開示情報 (情報公開法5条1号–6号; ordinances follow them)."""

    PERSON = "person", "個人に関する情報"
    BUSINESS = "business", "法人等に関する情報"
    STATE = "state", "国の安全等に関する情報"
    SAFETY = "safety", "公共の安全等に関する情報"
    DELIBERATION = "deliberation", "審議、検討等に関する情報"
    OPERATION = "operation", "事務又は事業に関する情報"
