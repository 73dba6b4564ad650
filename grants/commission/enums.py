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
