"""Communities from a ward's own list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.urls import reverse

from portal.accounts.scope import Scope
from portal.kernel.actors import Actor
from portal.kernel.import_models import Import, ImportRow
from portal.kernel.imports import Column, ImportKind, Twin
from portal.kernel.names import clean_kana, is_kana, search_key

from .. import actions
from ..enums import CommunityState, JoinPolicy
from ..fields import LineField, NameKanaField
from ..models import Community, Theme
from .fields import IsoDayField, PlainField, WordsField, day
from .places import Places

SUMMARY = 200
POLICIES = {
    "承認": JoinPolicy.APPROVAL, "招": JoinPolicy.INVITATION, "だれでも": JoinPolicy.OPEN, "誰でも": JoinPolicy.OPEN,
    "自由": JoinPolicy.OPEN, "OPEN": JoinPolicy.OPEN, "APPROVAL": JoinPolicy.APPROVAL, "INVITATION": JoinPolicy.INVITATION,
}  # fmt: skip
_SPLIT = re.compile(r"[、,，/／;；\n]+")
_SENTENCE = re.compile(r"[^。\n]*。?")

COLUMNS = (
    Column(
        name="name", label="名前", clean=LineField(max_length=80), must_map=True, example="新津まちの本棚",
        synonyms=("名称", "コミュニティ名", "コミュニティの名前", "団体名", "グループ名", "組織名", "会の名前"),
    ),
    Column(
        name="kana", label="フリガナ", clean=NameKanaField(max_length=120, required=False), example="ニイツマチノホンダナ",
        synonyms=("ふりがな", "カナ", "よみ", "読み", "よみがな", "読み仮名", "団体名フリガナ", "名称カナ"),
        help="空のときは、名前がかなだけなら、それを使います。",
    ),
    Column(
        name="area", label="地域", clean=LineField(max_length=60, required=False), example="秋葉区",
        synonyms=("区", "区名", "市区町村", "所在区", "地域コード", "エリア", "市町村"), help="空のときは、下で選んだ地域になります。",
    ),
    Column(
        name="summary", label="ひとことで言うと", clean=LineField(max_length=SUMMARY, required=False),
        example="空き店舗に、だれでも読める本棚を置く。", synonyms=("ひとこと", "概要", "紹介", "活動概要", "目的", "活動目的"),
        help="空のときは、活動の紹介の最初の文になります。",
    ),
    Column(
        name="story", label="活動の紹介", clean=PlainField(max_length=4000, required=False),
        example="月に2回、本棚の手入れと読書会をしています。", synonyms=("活動内容", "内容", "詳細", "説明", "活動紹介"),
    ),
    Column(
        name="themes", label="テーマ", clean=LineField(max_length=200, required=False), example="子ども・教育、居場所づくり",
        synonyms=("分野", "活動分野", "カテゴリー", "カテゴリ", "ジャンル"),
    ),
    Column(
        name="join_policy", label="参加のしかた", example="だれでも", synonyms=("参加方法", "入会方法", "参加区分"),
        clean=WordsField(words=POLICIES, said="「だれでも」「承認」「招待」のどれかを書いてください。", required=False),
    ),
    Column(
        name="contact", label="公開する連絡先", clean=LineField(max_length=200, required=False), example="秋葉区地域総務課",
        synonyms=("連絡先", "問い合わせ先", "問合せ先", "公開連絡先"), help="だれでも見られます。個人の電話番号は書かないでください。",
    ),
    Column(
        name="meets", label="集まり", clean=LineField(max_length=80, required=False), example="毎月第1土曜 14時から",
        synonyms=("活動日", "定例日", "集まる日", "活動日時"),
    ),
    Column(
        name="place", label="場所", clean=LineField(max_length=120, required=False), example="新津地区の公民館",
        synonyms=("活動場所", "会場", "拠点"),
    ),
    Column(
        name="founded_on", label="始まり", clean=IsoDayField(required=False), example="令和5年4月1日",
        synonyms=("設立", "設立日", "設立年月日", "発足", "発足日", "結成日", "開始日"),
    ),
    Column(
        name="variants", label="別の書き方", clean=LineField(max_length=400, required=False), example="まちの本棚にいつ",
        synonyms=("別名", "略称", "通称", "旧名称"), help="いくつかあるときは「、」で分けます。",
    ),
)  # fmt: skip


class CommunityGround:
    """One run for one person: their areas, the themes, and the communities that are there."""

    def __init__(self, imported: Import, by: Actor) -> None:
        self.by, self.options = by, imported.options
        self.places = Places(Scope.of(by))
        self.themes = {theme.slug: theme for theme in Theme.objects.order_by("order", "slug")}
        self._theme_words = {
            search_key(word): theme.slug
            for theme in self.themes.values()
            for word in (theme.name, theme.slug)
        }
        self._known: dict[str, dict[str, list[Twin]]] = {}
        self._seen: dict[int, int] = {}  # by hash: a table may have 20,000 rows

    def complete(self, values: dict[str, Any], wrong: Mapping[str, str]) -> list[tuple[str, str]]:
        """Area, themes and variants as what they mean; kana and summary made where they follow from the rest."""
        faults = self.places.settle(values, self.options.get("area", ""))
        if "kana" not in wrong and not values.get("kana"):
            kana = clean_kana(values.get("name", ""))
            if is_kana(kana):
                values["kana"] = kana
            elif "name" not in wrong:
                faults.append(("kana", "フリガナを入力してください。"))
        if "summary" not in wrong and not values.get("summary"):
            values["summary"] = first_sentence(values.get("story", ""))
            if not values["summary"] and "story" not in wrong:
                faults.append(("summary", "ひとことで言うと、何をする集まりかを入力してください。"))
        values["join_policy"] = values.get("join_policy") or JoinPolicy.APPROVAL.value
        values["variants"] = [word for word in _words(values.get("variants", "")) if len(word) <= 80][:10]
        return faults + self._settle_themes(values)

    def twins(self, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> dict[int, list[Twin]]:
        """Of the same name, variant or reading in the same area; or an earlier row of the table."""
        self._load({values["area"] for _, values in rows} - set(self._known))
        found: dict[int, list[Twin]] = defaultdict(list)
        for number, values in rows:
            known = self._known[values["area"]]
            keys = _keys(values["name"], values["kana"], values["variants"])
            for key in keys:
                found[number] += [twin for twin in known.get(key, ()) if twin not in found[number]]
                earlier = self._seen.setdefault(hash((values["area"], key)), number)
                if earlier != number and not any(twin.row == earlier for twin in found[number]):
                    found[number].append(Twin(values["name"], f"表の{earlier}行目と同じ", row=earlier))
        return {number: twins for number, twins in found.items() if twins}

    def lock(self) -> None:
        """One import at a time into an area."""
        self.places.lock()

    def register(self, rows: Sequence[Mapping[str, Any]]) -> Sequence[Community]:
        """By the officer's own action: drafts, or published at once."""
        wanted = [self._wanted(values) for values in rows]
        return actions.register_communities(
            by=self.by, wanted=wanted, publish=bool(self.options.get("publish"))
        )

    def merge(self, values: Mapping[str, Any], twin: str) -> tuple[Model, dict[str, Any]]:
        """Keep the other spelling as a variant of the one that is there."""
        community = Community.objects.select_related("area").get(pk=twin)
        known = [community.name, *community.variants]
        if values["name"] in known or len(community.variants) >= 10:
            return community, {}
        variants = [*community.variants, values["name"]]
        actions.edit_community(by=self.by, community=community, variants=variants)
        return community, {"variant": values["name"]}

    def withdraw(self, rows: Sequence[ImportRow]) -> None:
        """Remove what was made; take back a variant that was added."""
        made = {row.result_id: row.number for row in rows if row.outcome == "made"}
        actions.withdraw_communities(by=self.by, made=made)
        for row in rows:
            if variant := row.memo.get("variant"):
                community = Community.objects.select_related("area").filter(pk=row.result_id).first()
                if community is not None and variant in community.variants:
                    left = [word for word in community.variants if word != variant]
                    actions.edit_community(by=self.by, community=community, variants=left)

    def _wanted(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """A row as the action takes it."""
        founded = values["founded_on"]
        return {
            **values,
            "area": self.places.by_code[values["area"]],
            "themes": [self.themes[slug] for slug in values["themes"]],
            "founded_on": day(founded) if founded else None,
        }

    def _settle_themes(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        slugs = set()
        for word in _words(values.get("themes") or ""):
            whole = self._theme_words.get(search_key(word))
            for part in [word] if whole else word.split("・"):
                slug = whole or self._theme(part)
                if slug is None:
                    names = "、".join(theme.name for theme in self.themes.values())
                    said = f"「{part[:20]}」というテーマはありません。次から選んでください。{names}"
                    return [("themes", said)]
                slugs.add(slug)
        values["themes"] = sorted(slugs)
        return []

    def _theme(self, word: str) -> str | None:
        """The theme whose name holds the word, or is held by it."""
        key = search_key(word)
        return next(
            (slug for name, slug in self._theme_words.items() if key and (key in name or name in key)), None
        )

    def _load(self, codes: set[str]) -> None:
        for code in codes:
            self._known[code] = defaultdict(list)
        rows = Community.objects.filter(area__in=codes).exclude(state=CommunityState.DISCARDED)
        for row in rows.only("name", "kana", "variants", "area", "state").iterator(chunk_size=1000):
            url = reverse("communities:staff_community_detail", args=[row.pk])
            twin = Twin(row.name, f"登録済み({row.get_state_display()})", id=str(row.pk), url=url)
            for key in _keys(row.name, row.kana, row.variants):
                self._known[row.area_id][key].append(twin)


def first_sentence(story: str) -> str:
    """The first sentence of a text, where it is short enough for a list."""
    found = _SENTENCE.match(story.strip())
    sentence = found[0].strip() if found else ""
    return sentence if len(sentence) <= SUMMARY else f"{sentence[: SUMMARY - 1]}…"


def _words(text: str) -> list[str]:
    return [word for part in _SPLIT.split(text) if (word := part.strip())]


def _keys(name: str, kana: str, variants: Sequence[str]) -> set[str]:
    return {key for text in (name, kana, *variants) if (key := search_key(text).replace(" ", ""))}


COMMUNITIES = ImportKind(
    key="communities",
    label="コミュニティ",
    unit="組",
    columns=COLUMNS,
    title="name",
    shown=("summary",),
    permission="communities.import_rows",
    ground=CommunityGround,
)
