"""Events from a list of a ward or a host."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from portal.accounts.scope import Scope
from portal.areas.models import Authority
from portal.kernel.actors import Actor
from portal.kernel.clock import JST
from portal.kernel.import_models import Import, ImportRow
from portal.kernel.imports import Column, ImportKind, Twin
from portal.kernel.names import search_key
from portal.kernel.refusals import of_row

from .. import actions
from ..enums import Collector, CommunityState, EntryMethod
from ..fields import LineField, NumberField
from ..forms.events import authority_areas
from ..models import Community, Event, Host, Platform
from ..models.events import LONGEST
from ..rules import WARD_STAFF
from .fields import DayMomentField, PlainField, SpanField, WordsField, day, read_time
from .places import Places

METHODS = {
    "不要": EntryMethod.NONE, "なし": EntryMethod.NONE, "自由": EntryMethod.NONE, "先着": EntryMethod.FIRST_COME,
    "抽選": EntryMethod.LOTTERY, "抽せん": EntryMethod.LOTTERY,
}  # fmt: skip
COLLECTORS = {
    "共催": Collector.JOINT, "市": Collector.CITY, "区": Collector.CITY, "町": Collector.CITY, "村": Collector.CITY,
    "行政": Collector.CITY, "団体": Collector.COMMUNITY, "コミュニティ": Collector.COMMUNITY,
}  # fmt: skip
_LINE = {"required": False}
COLUMNS = (
    Column(
        name="title", label="催しの名前", clean=LineField(max_length=100), must_map=True, example="1分間ピッチの夜",
        synonyms=("名前", "名称", "イベント名", "催し名", "行事名", "事業名", "タイトル"),
    ),
    Column(
        name="starts_on", label="始まりの日", clean=DayMomentField(), must_map=True, example="令和8年12月5日",
        synonyms=("開催日", "日付", "開始日", "実施日", "日時", "開催日時", "開始日時", "始まり", "始まり 日付", "期日"),
    ),
    Column(
        name="starts_time", label="始まりの時刻", clean=SpanField(required=False), example="18:30",
        synonyms=("開始時間", "開始時刻", "時間", "時刻", "開催時間", "始まり 時刻", "始まり 時間"),
        help="「18:30～20:30」のように、終わりも一緒に書けます。",
    ),
    Column(
        name="ends_on", label="終わりの日", clean=DayMomentField(required=False), example="",
        synonyms=("終了日", "終了日時", "終わり", "終わり 日付"), help="空のときは、始まりと同じ日です。",
    ),
    Column(
        name="ends_time", label="終わりの時刻", clean=SpanField(required=False), example="20:30",
        synonyms=("終了時間", "終了時刻", "終わり 時刻", "終わり 時間"),
    ),
    Column(
        name="venue", label="会場", clean=LineField(max_length=120), must_map=True, example="新津地区の公民館",
        synonyms=("場所", "開催場所", "会場名", "場所名称", "開催会場"),
    ),
    Column(
        name="host", label="主催", clean=LineField(max_length=120, required=False), example="新津まちの本棚",
        synonyms=("主催者", "主催団体", "主催者名", "団体名", "コミュニティ名"), help="空のときは、下で選んだ主催になります。",
    ),
    Column(
        name="collector", label="申込みを集める人", example="団体主催", synonyms=("主催区分", "受付", "申込先区分"),
        clean=WordsField(words=COLLECTORS, said="「市主催」「団体主催」「共催」のどれかを書いてください。", required=False),
    ),
    Column(
        name="entry_method", label="申込みの方法", example="先着順", synonyms=("申込方法", "申込", "申込み", "参加申込"),
        clean=WordsField(words=METHODS, said="「先着順」「抽選」「申込み不要」のどれかを書いてください。", required=False),
    ),
    Column(
        name="capacity", label="定員", clean=NumberField(required=False, min_value=1, max_value=100_000), example="40",
        synonyms=("募集人数", "人数", "定員数"),
    ),
    Column(
        name="fee_yen", label="参加費", clean=NumberField(required=False, min_value=0, max_value=1_000_000), example="0",
        synonyms=("料金", "費用", "参加料", "会費"),
    ),
    Column(
        name="entries_close", label="申込みの締切", clean=DayMomentField(required=False), example="令和8年12月1日 17時",
        synonyms=("締切", "締め切り", "申込締切", "申込期限", "受付締切"),
    ),
    Column(name="summary", label="ひとことで言うと", clean=LineField(max_length=200, **_LINE), example="一人1分で、やりたいことを話す夜。", synonyms=("ひとこと", "概要")),
    Column(name="description", label="内容", clean=PlainField(max_length=4000, required=False), example="", synonyms=("説明", "詳細", "催しの内容")),
    Column(name="address", label="会場の住所", clean=LineField(max_length=200, **_LINE), example="", synonyms=("住所", "所在地")),
    Column(name="access", label="行き方", clean=LineField(max_length=200, **_LINE), example="", synonyms=("アクセス", "交通")),
    Column(name="audience", label="対象", clean=LineField(max_length=200, **_LINE), example="どなたでも", synonyms=("対象者", "参加対象")),
    Column(name="contact", label="問い合わせ", clean=LineField(max_length=200, **_LINE), example="秋葉区地域総務課", synonyms=("問い合わせ先", "問合せ先", "連絡先")),
)  # fmt: skip


class EventGround:
    """One run for one person: who can host there, and the meetings of the days in question."""

    def __init__(self, imported: Import, by: Actor) -> None:
        self.by, self.options, self.scope = by, imported.options, Scope.of(by)
        self.places = Places(self.scope)
        self.hosts = Hosts(self.scope)
        self._seen: dict[int, int] = {}  # by hash: a table may have 20,000 rows

    def complete(self, values: dict[str, Any], wrong: Mapping[str, str]) -> list[tuple[str, str]]:
        """Host, moments and choices as the action takes them."""
        faults = self._settle_host(values, wrong) + _settle_times(values, wrong)
        values["fee_yen"] = values.get("fee_yen") or 0
        default = EntryMethod.FIRST_COME if values.get("capacity") else EntryMethod.NONE
        values["entry_method"] = values.get("entry_method") or default.value
        return faults

    def twins(self, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> dict[int, list[Twin]]:
        """Of the same name on the same day in one's areas; or an earlier row of the table. One query."""
        if not rows:
            return {}
        days = sorted(datetime.fromisoformat(values["starts_at"]) for _, values in rows)
        there = Event.objects.filter(
            area__in=self.places.by_code,
            starts_at__gte=days[0] - timedelta(days=1),
            starts_at__lt=days[-1] + timedelta(days=1),
        )
        known: dict[tuple[str, str], list[Twin]] = defaultdict(list)
        for event in there.only("title", "starts_at", "state").iterator(chunk_size=1000):
            url = reverse("communities:staff_event_detail", args=[event.pk])
            twin = Twin(event.title, f"登録済み({event.get_state_display()})", id=str(event.pk), url=url)
            known[_key(event.title, event.starts_at)].append(twin)
        found: dict[int, list[Twin]] = defaultdict(list)
        for number, values in rows:
            key = _key(values["title"], datetime.fromisoformat(values["starts_at"]))
            found[number] += known.get(key, [])
            earlier = self._seen.setdefault(hash(key), number)
            if earlier != number:
                found[number].append(Twin(values["title"], f"表の{earlier}行目と同じ", row=earlier))
        return {number: twins for number, twins in found.items() if twins}

    def lock(self) -> None:
        """One import at a time into an area."""
        self.places.lock()

    def register(self, rows: Sequence[Mapping[str, Any]]) -> Sequence[Event]:
        """By the officer's own action: drafts, or published at once."""
        made = []
        for number, values in enumerate(rows):
            with of_row(number):
                made.append(self._create(values))
        return made

    def merge(self, values: Mapping[str, Any], twin: str) -> tuple[Model, dict[str, Any]]:
        """The meeting that is there stays as it is."""
        return Event.objects.get(pk=twin), {}

    def withdraw(self, rows: Sequence[ImportRow]) -> None:
        """Remove what was made."""
        made = {row.result_id: row.number for row in rows if row.outcome == "made"}
        actions.withdraw_events(by=self.by, made=made)

    def _create(self, values: Mapping[str, Any]) -> Event:
        fields = dict(values)
        host = self.hosts.load(fields.pop("host"))
        for name in ("starts_at", "ends_at", "entries_close_at"):
            fields[name] = parse_datetime(fields[name]) if fields[name] else None
        area = self.hosts.ward_of(host)
        return actions.create_event(
            by=self.by, host=host, area=area, publish=bool(self.options.get("publish")), **fields
        )

    def _settle_host(self, values: dict[str, Any], wrong: Mapping[str, str]) -> list[tuple[str, str]]:
        written = values.get("host") or ""
        host = self.hosts.find(written) if written else self.options.get("host", "")
        collector = values.get("collector") or self.options.get("collector") or Collector.COMMUNITY.value
        values["host"], values["collector"] = host, collector
        if not host:
            what = (
                f"「{written[:30]}」という主催は、受け持つ地域にありません。"
                if written
                else "主催が決まっていません。"
            )
            return [("host", f"{what}登録してあるコミュニティ、コミプラ、行政の名前を書いてください。")]
        if host.startswith("authority:") and collector == Collector.COMMUNITY and "collector" not in wrong:
            return [
                ("collector", "行政が主催する催しの申込みは、行政が集めます。市主催か共催にしてください。")
            ]
        return []


class Hosts:
    """Whoever can host in one's areas, by name."""

    def __init__(self, scope: Scope) -> None:
        self._areas = scope.areas(*WARD_STAFF)
        alive = [CommunityState.DRAFT, CommunityState.PUBLISHED, CommunityState.DORMANT]
        self._keys: dict[str, str] = {}
        self._loaded: dict[str, Host] = {}
        authorities = Authority.objects.filter(area__in=authority_areas(scope)).order_by("area")
        for row in authorities.values_list("pk", "name"):
            self._keys.setdefault(search_key(row[1]), f"authority:{row[0]}")
        for pk, name in Platform.objects.filter(area__in=self._areas).values_list("pk", "name"):
            self._keys.setdefault(search_key(name), f"platform:{pk}")
        rows = Community.objects.filter(area__in=self._areas, state__in=alive).order_by("created_at", "id")
        for pk, name, variants in rows.values_list("pk", "name", "variants").iterator(chunk_size=1000):
            for word in (name, *variants):
                self._keys.setdefault(search_key(word), f"community:{pk}")

    def find(self, name: str) -> str:
        """「community:<id>」 and the like, empty when nobody is called so."""
        return self._keys.get(search_key(name), "")

    def load(self, ref: str) -> Host:
        """The row behind it, read once. Raises DoesNotExist when it has gone."""
        if ref not in self._loaded:
            kind, _, raw = ref.partition(":")
            model: type[Any] = {"community": Community, "platform": Platform, "authority": Authority}[kind]
            self._loaded[ref] = model.objects.select_related("area").get(pk=UUID(raw))
        return self._loaded[ref]

    def ward_of(self, host: Host) -> Any:
        """A ward officer's event of the city belongs to that ward."""
        if not isinstance(host, Authority) or host.area_id in self._areas:
            return None
        return host.area.children.filter(pk__in=self._areas).order_by("pk").first()


def _settle_times(values: dict[str, Any], wrong: Mapping[str, str]) -> list[tuple[str, str]]:
    """starts_at, ends_at and entries_close_at (ISO with +09:00) out of the days and times that are written."""
    first, last = values.pop("starts_on", None), values.pop("ends_on", None)
    start, end = values.pop("starts_time", None), values.pop("ends_time", None)
    closes = values.pop("entries_close", None)
    if {"starts_on", "starts_time", "ends_on", "ends_time", "entries_close"} & set(wrong) or not first:
        return []
    begins = (start and start[0]) or first[1]
    ends = (end and end[0]) or (last and last[1]) or (start and start[1]) or ""
    if not begins:
        return [("starts_time", "始まりの時刻を入力してください。例:18:30")]
    if not ends:
        return [("ends_time", "終わりの時刻を入力してください。例:20:30")]
    starts_at, ends_at = _moment(first[0], begins), _moment((last or first)[0], ends)
    closes_at = _moment(closes[0], closes[1] or "23:59") if closes else None
    values["starts_at"], values["ends_at"] = starts_at.isoformat(), ends_at.isoformat()
    values["entries_close_at"] = closes_at.isoformat() if closes_at else None
    if ends_at <= starts_at:
        return [("ends_time", "終わりは、始まりより後にしてください。")]
    if ends_at - starts_at > LONGEST:
        return [("ends_on", "一つの催しは、31日以内です。回に分けてください。")]
    if closes_at and closes_at > ends_at:
        return [("entries_close", "申込みの締切は、終わりより前にしてください。")]
    return []


def _moment(on: str, at: str) -> datetime:
    return datetime.combine(day(on), read_time(at), tzinfo=JST)


def _key(title: str, at: datetime) -> tuple[str, str]:
    return search_key(title), at.astimezone(JST).date().isoformat()


EVENTS = ImportKind(
    key="events",
    label="イベント",
    unit="件",
    columns=COLUMNS,
    title="title",
    shown=("starts_at", "venue"),
    permission="communities.import_rows",
    ground=EventGround,
)
