"""Choices of menu ④ and the constants of its rules, each with its source."""

from django.db.models import TextChoices

from communities.enums import OrganisationKind, PlatformPhase

FORMED = (PlatformPhase.FORMING, PlatformPhase.SUSTAINING)  # 「コミプラが形成された地域」 (令和6年度の資料 ④)


class ThemeState(TextChoices):
    """Where a theme of a municipality stands."""

    DRAFT = "draft", "下書き"
    PROPOSED = "proposed", "提案済み"
    SELECTED = "selected", "選定"
    NOT_SELECTED = "not_selected", "不選定"
    DISCARDED = "discarded", "下書きを取りやめ"
    WITHDRAWN = "withdrawn", "取下げ"


UNSENT = (ThemeState.DRAFT, ThemeState.DISCARDED)  # the municipality's alone: never proposed


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
RUNNING = (CallState.PANEL, CallState.ANNOUNCED)  # reviewers read
OUTCOME_PAPER = "grants.call_result"  # 審査結果の公表: the one paper of a call that everybody reads
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


class ProposalState(TextChoices):
    """Where a proposal stands."""

    DRAFT = "draft", "下書き"
    SUBMITTED = "submitted", "提出済み"
    QUALIFIED = "qualified", "資格あり"
    DISQUALIFIED = "disqualified", "資格なし"
    SCORED = "scored", "採点済み"
    ADOPTED = "adopted", "採択"
    RESERVE = "reserve", "次点"
    NOT_ADOPTED = "not_adopted", "不採択"
    WITHDRAWN = "withdrawn", "取下げ"


JUDGED = frozenset(  # what a panel may deal with
    {
        ProposalState.QUALIFIED,
        ProposalState.SCORED,
        ProposalState.ADOPTED,
        ProposalState.RESERVE,
        ProposalState.NOT_ADOPTED,
    }
)
TOLD = (ProposalState.ADOPTED, ProposalState.RESERVE, ProposalState.NOT_ADOPTED)  # the result is out
PROPONENTS = (  # NPO法人等 (domain.md 3.3: NPO等、大学、企業); コミプラ and other 地域団体 only where the call says so
    OrganisationKind.CIVIC,
    OrganisationKind.UNIVERSITY,
    OrganisationKind.BUSINESS,
    OrganisationKind.WELFARE,
    OrganisationKind.OTHER,
    OrganisationKind.NEIGHBOURHOOD,
)
PARTNERS_MAX = 5
LINES_MAX = 12
FILES_MAX = 20
QUALIFICATIONS = (  # 資格審査 (domain.md 3.3; 公募の通例)
    ("legal", "法人か、規約と代表者の定めがある団体である"),
    ("office", "県内に事務所がある"),
    ("activity", "非営利の活動を1年以上している"),
    ("accounts", "この業務の経理を分けて行える"),
    ("contracting", "地方自治法施行令167条の4に当たらない"),
    ("gangs", "暴力団などとの関わりがない"),
    ("neutral", "宗教活動や政治活動を目的としていない"),
    ("tax", "県税の滞納がない"),
    ("papers", "書類がそろい、提案額が上限額の内である"),
)


class ProposalPart(TextChoices):
    """The sections of a proposal; the value is part of the address."""

    WORDS = "words", "企画の内容"
    GROUP = "group", "共同の体制"
    COSTS = "costs", "経費の内訳"
    FILES = "files", "添付書類"
    SUBMIT = "submit", "確認と提出"


class FileKind(TextChoices):
    """The papers of a proposal."""

    CHARTER = "charter", "定款・規約"
    ACCOUNTS = "accounts", "直近の決算書"
    PROFILE = "profile", "団体の概要"
    ESTIMATE = "estimate", "見積書"
    OTHER = "other", "そのほかの資料"


NEEDED_FILES = (FileKind.CHARTER, FileKind.ACCOUNTS, FileKind.PROFILE)


class InterestKind(TextChoices):
    """What ties a reviewer to a proposal (workflows.md ④). Donations are none."""

    OFFICE = "office", "役員・構成員である"
    EMPLOYMENT = "employment", "雇われている"
    PAY = "pay", "報酬を受けている"
    KINSHIP = "kinship", "親族が関わっている"
    OWN = "own", "自分の提案である"


class Declared(TextChoices):
    """What a reviewer declares about one proposal, before reading it."""

    CLEAR = "clear", "利害関係はない"
    CONFLICT = "conflict", "利害関係がある"


class Ruling(TextChoices):
    """What the secretariat decides about a tie that is on record."""

    EXCLUDED = "excluded", "除斥する"
    KEPT = "kept", "審査に加わってよい"


class SheetState(TextChoices):
    """Where a score sheet stands: nobody else reads it before it is frozen."""

    DRAFT = "draft", "記入中"
    SEALED = "sealed", "提出済み"
    FROZEN = "frozen", "確定"
