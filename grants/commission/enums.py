"""Choices of menu ④ and the constants of its rules, each with its source."""

from django.db.models import TextChoices

from communities.enums import PlatformPhase

FORMED = (PlatformPhase.FORMING, PlatformPhase.SUSTAINING)  # 「コミプラが形成された地域」 (令和6年度の資料 ④)


class ThemeState(TextChoices):
    """Where a theme of a municipality stands."""

    DRAFT = "draft", "下書き"
    PROPOSED = "proposed", "提案済み"
    SELECTED = "selected", "選定"
    NOT_SELECTED = "not_selected", "不選定"


class CallState(TextChoices):
    """Where a public call stands."""

    DRAFT = "draft", "準備中"
    PUBLISHED = "published", "公募中"
    CLOSED = "closed", "締切後"
    PANEL = "panel", "審査中"
    ANNOUNCED = "announced", "結果公表"
    VOID = "void", "取りやめ"


class QuestionState(TextChoices):
    """Where a question about a call stands; only answered ones are public."""

    ASKED = "asked", "回答待ち"
    ANSWERED = "answered", "回答済み"


OUT = (CallState.PUBLISHED, CallState.CLOSED, CallState.PANEL, CallState.ANNOUNCED, CallState.VOID)  # public
POINTS_SUM = 100  # 配点の合計 (domain.md 3.3)
ITEMS_MAX = 10
PANEL_MIN = 3  # 審査委員 (workflows.md ④: at least three reviewers)
FLOOR_PERCENT = 60  # 最低基準 (domain.md 3.3: 60点未満は選考しない)
RESERVE_DAYS = 7  # how long a 次点 has to answer
CONTRACT_ENDS = (3, 18)  # so that inspection and payment fit the 年度 (鹿児島県の令和7年度の公募)
QUESTIONS_AN_HOUR = 5  # of one sender
QUESTIONS_OF_CALL_AN_HOUR = 60  # of all senders together
DEFAULT_ITEMS = (
    ("趣旨の理解", 15),
    ("課題の分析", 15),
    ("内容の具体性・新規性", 25),
    ("協働の体制", 15),
    ("実施能力・実績", 10),
    ("持続性・波及", 10),
    ("経費の妥当性", 10),
)
