"""Constants of the indicator 協働数. Policy words: 令和7年度 事業説明資料 「総合計画等との関連」 (新潟市)."""

from django.db.models import TextChoices

COLLABORATIONS = "collaborations"


class ValueKind(TextChoices):
    """Values that an officer types from a published paper. None of them is ever computed or guessed."""

    BASELINE = "baseline", "基準値"
    TARGET = "target", "目標値"
    OFFICIAL = "official", "公式値"


class DefinitionStatus(TextChoices):
    """Whether the authority has adopted a definition. The official text of 協働数 is not published."""

    PROPOSED = "proposed", "提案定義"
    ADOPTED = "adopted", "公式の定義"
