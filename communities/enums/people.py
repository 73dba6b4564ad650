"""Choices of profiles, of writing to each other through the portal, and of moderation."""

from django.db.models import TextChoices


class Openness(TextChoices):
    """Who sees one field of a profile. Its owner chooses for each."""

    NOBODY = "nobody", "見せない"
    MEMBERS = "members", "同じコミュニティの人"
    EVERYBODY = "everybody", "だれでも"


# The fields that are opened one by one. Nobody sees more of a person than who sees their name.
OPEN_FIELDS = ("name", "does", "helps", "seeks", "areas", "themes", "photo", "links")


class ReportReason(TextChoices):
    """Why something is reported."""

    PERSONAL = "personal", "個人情報が書かれている"
    HARM = "harm", "いやがらせ、差別、おどし"
    ADVERT = "advert", "宣伝、勧誘"
    FALSE = "false", "うそ、なりすまし"
    OTHER = "other", "そのほか"


class ReportState(TextChoices):
    """Where a report is."""

    OPEN = "open", "確認待ち"
    UPHELD = "upheld", "非表示にした"
    DISMISSED = "dismissed", "問題なし"


class HidingState(TextChoices):
    """Where the hiding of something is. An appeal is made once and decided by another person where there is one."""

    HIDDEN = "hidden", "非表示"
    APPEALED = "appealed", "異議の確認待ち"
    KEPT = "kept", "非表示のまま"
    RESTORED = "restored", "もとに戻した"


WAITING_DAYS = 3  # within which a report or an appeal is looked at
LIVE_HIDINGS = (HidingState.HIDDEN, HidingState.APPEALED, HidingState.KEPT)


class ExchangeState(TextChoices):
    """Whether two people may still write to each other through the portal."""

    OPEN = "open", "続いている"
    STOPPED = "stopped", "終わった"


class Side(TextChoices):
    """Who of the two: the one who wrote first, or the one whose profile it was."""

    SENDER = "sender", "はじめに書いた人"
    RECIPIENT = "recipient", "受け取った人"


NEW_A_DAY, NEW_A_MONTH = 5, 30  # people one person may write to for the first time
LETTERS_AN_HOUR = 10  # of one side of one exchange
KEEP_EXCHANGES_DAYS = 365  # after the last message
