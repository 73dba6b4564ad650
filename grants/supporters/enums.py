"""Choices of the student supporters and the constants of their rules. No published rule was found (domain.md 3.3): what an
office may want otherwise stands in its `SupporterTerms`, not here."""

from django.db.models import TextChoices

ADULT_AGE = 18  # 成年 (民法4条); below it the guardian consents (民法5条)
MIN_AGE = 15  # 中学校を卒業した後: nobody of school age is sent
DAYS_AHEAD = 366  # how far ahead a student offers days
DAYS_AT_ONCE = 31  # days of one offer
DAYS_OF_PLACEMENT = 31  # days of one placement
PEOPLE_MAX = 50  # supporters of one request
MINUTES_MAX = 600  # of one day
TRAVEL_MAX = 50_000  # yen of one day
CONSENT_MAILS = 3  # to guardians in 24 hours at the request of one person: the addresses are theirs to choose
REPORT_DAYS = 14  # after the last day, when the office says nothing else (the visits of ① know the same)


class Help(TextChoices):
    """What a student helps with."""

    RECEPTION = "reception", "受付・会場の手伝い"
    RECORD = "record", "記録・写真"
    PUBLICITY = "publicity", "広報・SNS"
    SURVEY = "survey", "聞き取り・調査"
    TALK = "talk", "話し合いの進行の手伝い"
    DIGITAL = "digital", "パソコン・スマートフォンの手伝い"
    FIELD = "field", "清掃・農作業などの作業"
    OTHER = "other", "その他"


class SupporterState(TextChoices):
    """Where an entry of the register stands."""

    REQUESTED = "requested", "登録の確認待ち"
    REGISTERED = "registered", "登録"
    REFUSED = "refused", "登録しない"
    LEFT = "left", "登録をやめた"


class ConsentBy(TextChoices):
    """How a guardian consented."""

    LINK = "link", "保護者あてのリンクから"
    PAPER = "paper", "書面で"


class RequestState(TextChoices):
    """Where what a side asks for stands."""

    OPEN = "open", "募集中"
    CLOSED = "closed", "募集終了"
    WITHDRAWN = "withdrawn", "取り下げ"


class PlacementState(TextChoices):
    """Where the work of one student stands."""

    PROPOSED = "proposed", "学生の返事待ち"
    ACCEPTED = "accepted", "活動の予定・活動中"
    DECLINED = "declined", "引き受けない"
    CALLED_OFF = "called_off", "取りやめ"
    REPORTED = "reported", "活動報告済み"
    CONFIRMED = "confirmed", "確認済み"


class DayState(TextChoices):
    """Where one day of a placement stands."""

    KEPT = "kept", "予定"
    RECORDED = "recorded", "記録済み"
    CONFIRMED = "confirmed", "確認済み"
    DROPPED = "dropped", "取りやめ"


LIVE = (SupporterState.REQUESTED, SupporterState.REGISTERED)
RUNNING = (PlacementState.PROPOSED, PlacementState.ACCEPTED, PlacementState.REPORTED)  # not ended
GIVEN = (PlacementState.ACCEPTED, PlacementState.REPORTED, PlacementState.CONFIRMED)  # taken on
OPEN_DAYS = (DayState.KEPT, DayState.RECORDED)  # the receiving side has not settled them
