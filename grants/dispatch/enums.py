"""Choices of menu ① and the constants of its rules, each with its source."""

from django.db.models import TextChoices

VISITS_MAX = 12  # of one dispatch; a sister programme knows 3 (domain.md 3.3)
REPORT_DAYS = 14  # both reports are due so many days after the visit (workflows.md; a setting of the menu)
MINUTES_MAX = 720  # of one visit: nobody advises longer on one day
PEOPLE_MAX = 1_000  # of one visit
FEE_MAX = 1_000_000  # yen for one visit or hour: far above what advisors are paid


class Subject(TextChoices):
    """What the advice is about: the source's list (令和6年度) and other."""

    ORGANISATION = "organisation", "組織体制の整備"
    PLAN = "plan", "計画・指針等の策定"
    BLOCK_GRANT = "block_grant", "包括的交付金の整備"
    OPERATION = "operation", "地域コミュニティの持続可能な運営"
    OTHER = "other", "その他"


class Manner(TextChoices):
    """How the advisor meets the municipality (domain.md 3.3)."""

    VISIT = "visit", "訪問"
    ONLINE = "online", "オンライン"
    CONSULTATION = "consultation", "相談(メール・電話)"


class FeeUnit(TextChoices):
    """What one fee is paid for."""

    VISIT = "visit", "1回"
    HOUR = "hour", "1時間"


class PayeeKind(TextChoices):
    """Who is paid: income tax is withheld from a person only (所得税法204条)."""

    PERSON = "person", "個人"
    BODY = "body", "法人・団体"


class Shown(TextChoices):
    """What an advisor agreed to show to everybody."""

    NAME = "name", "氏名"
    FIELDS = "fields", "分野"
    BASE = "base", "活動の拠点"


class DispatchState(TextChoices):
    """Where a dispatch stands."""

    DRAFT = "draft", "下書き"
    REQUESTED = "requested", "申込み済み"
    RETURNED = "returned", "補正待ち"
    PROPOSED = "proposed", "アドバイザーの返事待ち"
    ACCEPTED = "accepted", "決裁待ち"
    DECIDED = "decided", "派遣決定"
    REFUSED = "refused", "派遣しない"
    CLOSED = "closed", "終了"
    CANCELLED = "cancelled", "取りやめ"
    WITHDRAWN = "withdrawn", "取下げ"
    DISCARDED = "discarded", "下書きを取りやめ"


class VisitState(TextChoices):
    """Where one visit stands. Tentative: kept free while the dispatch is being decided."""

    TENTATIVE = "tentative", "仮の予定"
    DATED = "dated", "日程決定"
    HELD = "held", "実施済み"
    REPORTED = "reported", "報告済み"
    CANCELLED = "cancelled", "取りやめ"


class Side(TextChoices):
    """Who reports on a visit: both do."""

    MUNICIPALITY = "municipality", "市町村"
    ADVISOR = "advisor", "アドバイザー"


WRITABLE = frozenset({DispatchState.DRAFT, DispatchState.RETURNED})  # the municipality writes
UNSENT = (DispatchState.DRAFT, DispatchState.DISCARDED)  # the municipality's alone: never requested
OVER = frozenset(
    {
        DispatchState.REFUSED,
        DispatchState.CLOSED,
        DispatchState.CANCELLED,
        DispatchState.WITHDRAWN,
        DispatchState.DISCARDED,
    }
)  # nothing is left to be done
REFUSABLE = frozenset(
    {DispatchState.REQUESTED, DispatchState.ACCEPTED}
)  # with an advisor, or because none is found
GIVEN = frozenset(
    {DispatchState.PROPOSED, DispatchState.ACCEPTED, DispatchState.DECIDED, DispatchState.CLOSED}
)  # an advisor is named, and visits are used
