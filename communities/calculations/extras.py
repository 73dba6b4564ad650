"""What a party adds to its registration, checked without asking the database: ages, consents, answers."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from ..enums import QuestionKind
from ..models import EventAsk, EventQuestion
from . import Purpose

LONGEST_ANSWER = 1000
MONTHS = re.compile(r"\d+\s*(?:か|ヶ|カ|ケ|ヵ|箇)?月")
BANDS = (("teen_count", "13〜17歳"), ("primary_count", "6〜12歳"), ("infant_count", "0〜5歳"))


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who answers for the people under 18, and what they agree to."""

    name: str
    phone: str
    participation: bool
    emergency: bool
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Extras:
    """Everything beyond name, number and needs. `answers` by question; `bands` are people of 13–17, 6–12, 0–5 years."""

    answers: dict[UUID, list[str]] = field(default_factory=dict)
    bands: tuple[int, int, int] = (0, 0, 0)
    guardian: Guardian | None = None
    childcare: tuple[int, ...] = ()

    @property
    def minors(self) -> int:
        return sum(self.bands)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an event asks, loaded once for a form or an action."""

    ask: EventAsk | None = None
    questions: Sequence[EventQuestion] = ()

    @property
    def children(self) -> bool:
        return self.ask is not None and self.ask.children_welcome

    def childcare_is_open(self, now: datetime) -> bool:
        """Whether childcare may still be asked for; whether a place is left is decided under the lock."""
        ask = self.ask
        return ask is not None and ask.childcare_close_at is not None and now < ask.childcare_close_at


def parse_ages(text: str) -> tuple[int, ...]:
    """「2歳と4歳」「８か月、3」 as ages in years; months are 0 years. Raises ValueError for a text without an age."""
    plain = MONTHS.sub("0歳", unicodedata.normalize("NFKC", text))
    ages = tuple(int(each) for each in re.findall(r"\d+", plain))
    if not ages:
        raise ValueError("お子さんの年齢を、数字で入力してください。例:2歳、4歳")
    return ages


def answer_of(question: EventQuestion, values: Sequence[str]) -> list[str]:
    """The answer as it is stored; empty when nothing was answered. Raises ValueError with the words for the field."""
    given = [value.strip() for value in values if value.strip()]
    if not given:
        if question.required:
            raise ValueError(f"「{question.wording}」に答えてください。")
        return []
    if question.kind == QuestionKind.CHOICES:
        if set(given) - set(question.options):
            raise ValueError("選択肢から選んでください。")
        return [option for option in question.options if option in given]
    return [_single(question, given[0])]


def _single(question: EventQuestion, value: str) -> str:
    if question.kind == QuestionKind.CHOICE and value not in question.options:
        raise ValueError("選択肢から選んでください。")
    if question.kind == QuestionKind.NUMBER:
        number = unicodedata.normalize("NFKC", value).replace(",", "")
        if not re.fullmatch(r"\d{1,9}", number):
            raise ValueError("0以上の数字で入力してください。")
        return str(int(number))
    if len(value) > LONGEST_ANSWER:
        raise ValueError(f"{LONGEST_ANSWER}字までで入力してください。")
    return value


def purpose_with(purpose: Purpose, asked: Asked) -> Purpose:
    """The same purpose, saying also what else this event asks and why (個人情報保護法62条)."""
    more = "参加に必要なことは、決められた担当者2人だけが、催しの14日後まで読みます。"
    if asked.questions:
        more += "質問への答えは、この催しの準備に使います。"
    if asked.children:
        more += "年代と保護者の連絡先は、18歳未満の方の安全と行事保険のために使います。"
    if asked.ask is not None and asked.ask.childcare_capacity:
        more += "お子さんの年齢は、託児の準備に使います。"
    return Purpose(
        collector=purpose.collector, use=purpose.use + more, recipients=purpose.recipients, kept_until=purpose.kept_until
    )  # fmt: skip
