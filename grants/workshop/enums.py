"""Choices of menu ② and the constants of its rules, each with its source."""

from django.db.models import TextChoices

LECTURERS_MAX = 4  # rows of one plan
CAPACITY_MAX = 10_000  # people
COUNT_MAX = 10_000  # people of one kind in a report
FEE_MAX = 1_000_000  # yen for one lecturer: far above what is paid


class HostKind(TextChoices):
    """Who hosts: exactly one of the four of the source (令和6年度, domain.md 3.3 ②)."""

    PREFECTURE = "prefecture", "県主催"
    MUNICIPALITY = "with_municipality", "県・市町村共催"
    COMMUNITY = "with_community", "県・地域コミュニティ組織共催"
    USE = "use", "市町村主催の研修・会合への活用"


class Duty(TextChoices):
    """What there is to do and to pay."""

    FEE = "fee", "講師等の謝金"
    TRAVEL = "travel", "講師等の旅費"
    LECTURER = "lecturer", "講師との連絡"
    VENUE = "venue", "会場"
    PUBLICITY = "publicity", "広報"
    ENTRY = "entry", "申込みの受付"
    DAY = "day", "当日の運営"
    PAPERS = "papers", "資料の印刷"
    OTHER = "other", "その他"


class Doer(TextChoices):
    """Who does it."""

    PREFECTURE = "prefecture", "県"
    MUNICIPALITY = "municipality", "市町村"
    COMMUNITY = "community", "地域コミュニティ組織"


class Payer(TextChoices):
    """Who pays for it. Open: to be settled in consultation, before both sides agree."""

    PREFECTURE = "prefecture", "県"
    MUNICIPALITY = "municipality", "市町村"
    COMMUNITY = "community", "地域コミュニティ組織"
    NONE = "none", "費用なし"
    OPEN = "open", "協議で決める"


# 10/10 covers 講師等の謝金・旅費など only; who pays the venue is settled in consultation (workflows.md 'WORKSHOP').
PREFECTURE_PAYS = frozenset({Duty.FEE, Duty.TRAVEL, Duty.LECTURER, Duty.VENUE})


class Side(TextChoices):
    """Who agrees to a plan: both do."""

    TOWN = "municipality", "市町村"
    OFFICE = "prefecture", "県"


class WorkshopState(TextChoices):
    """Where a workshop stands."""

    DRAFT = "draft", "下書き"
    CONSULTING = "consulting", "協議中"
    RETURNED = "returned", "補正待ち"
    AGREED = "agreed", "決裁待ち"
    DECIDED = "decided", "開催決定"
    REFUSED = "refused", "開催しない"
    REPORTED = "reported", "報告済み"
    CLOSED = "closed", "終了"
    CANCELLED = "cancelled", "取りやめ"
    DISCARDED = "discarded", "下書きを取りやめ"


WRITABLE = frozenset({WorkshopState.DRAFT, WorkshopState.RETURNED})  # the side that plans writes alone
SETTLED = frozenset(
    {WorkshopState.DECIDED, WorkshopState.REPORTED, WorkshopState.CLOSED}
)  # decided, with its event
FROZEN = SETTLED | {WorkshopState.AGREED}  # both sides agreed to one version
UNSENT = (
    WorkshopState.DRAFT,
    WorkshopState.DISCARDED,
)  # of the side that plans alone: never brought to the other
OVER = frozenset(
    {WorkshopState.REFUSED, WorkshopState.CLOSED, WorkshopState.CANCELLED, WorkshopState.DISCARDED}
)  # nothing is left to be done
ENDED = frozenset({WorkshopState.REPORTED, WorkshopState.CLOSED})  # it was held and reported
