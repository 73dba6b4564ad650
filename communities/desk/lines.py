"""How a row of the desk reads, where it is done, and until when."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from portal.kernel.fiscal import FiscalYear
from portal.kernel.ports import DeskItem

from ..enums import ANSWER_DAYS, CollaborationState, EventState
from ..enums.events import REPORT_DAYS
from ..enums.people import WAITING_DAYS, ReportReason
from ..queries.upkeep import ASLEEP_DAYS
from .rows import Row, day

KINDS = {
    "requests": "参加の申込み",
    "community_drafts": "公開を待つ下書き",
    "event_drafts": "公開を待つ下書き",
    "last_day": "当日対応",
    "reports": "催しの報告",
    "calls": "電話で知らせる",
    "confirm": "協働の確認",
    "count": "協働の確認",
    "count_directly": "協働の確認",
    "promises": "約束したこと",
    "inquiries": "照会の回答",
    "flags": "知らせと異議",
    "appeals": "知らせと異議",
    "without_organiser": "世話人がいない",
    "without_companion": "隊員の伴走がないコミュニティ",
    "asleep": "動きがない",
}


def item(row: Row) -> DeskItem | None:
    """The line on the desk, None for a kind that nobody words."""
    words = WORDS.get(row.kind)
    if words is None:
        return None
    return DeskItem(
        key=f"communities.{row.kind}:{row.ref or row.slug}",
        kind=KINDS[row.kind],
        place=row.area_name,
        count=row.count,
        **words(row),
    )


def _requests(row: Row) -> Mapping[str, Any]:
    return {
        "title": f"参加の申込み{row.count}件に返事をする" if row.count > 1 else "参加の申込みに返事をする",
        "meta": f"{row.name}・約束は{ANSWER_DAYS}日以内",
        "url": reverse("communities:community_manage", args=[row.slug]),
        "action": "返事をする",
        "due_on": _after(row, ANSWER_DAYS),
    }


def _community_drafts(row: Row) -> Mapping[str, Any]:
    return {
        "title": "コミュニティを公開する",
        "meta": f"{row.name}・{row.area_name}・" + ("世話人から依頼あり" if row.at else "下書き"),
        "url": reverse("communities:staff_community_detail", args=[row.ref]),
        "action": "確かめる",
        "due_on": _after(row, ANSWER_DAYS),
    }


def _event_drafts(row: Row) -> Mapping[str, Any]:
    return {
        "title": "催しを公開する",
        "meta": f"{row.name}・{row.area_name}・下書き",
        "url": reverse("communities:staff_event_detail", args=[row.ref]),
        "action": "確かめる",
        "due_on": _after(row, 0),
    }


def _reports(row: Row) -> Mapping[str, Any]:
    held = row.note == EventState.HELD
    return {
        "title": "催しの報告をまとめる" if held else "催しの結果を記録する",
        "meta": f"{row.name}・{row.area_name}・" + ("報告はまだです" if held else "開催日をすぎました"),
        "url": reverse(
            "communities:event_report" if held else "communities:staff_event_detail", args=[row.ref]
        ),
        "action": "報告する" if held else "記録する",
        "due_on": _after(row, REPORT_DAYS),
    }


def _calls(row: Row) -> Mapping[str, Any]:
    return {
        "title": "電話で知らせる",
        "meta": f"{row.name}・{row.area_name}・メールのない方{row.count}件",
        "url": reverse("communities:event_counter", args=[row.ref]),
        "action": "電話をかける",
        "due_on": _after(row, 0),
    }


def _last_day(row: Row) -> Mapping[str, Any]:
    return {
        "title": "空いた席を、待っている人に電話で知らせる(当日対応)",
        "meta": f"{row.name}・{row.area_name}・キャンセル待ち{row.count}人",
        "url": reverse("communities:staff_event_detail", args=[row.ref]),
        "action": "待っている人を見る",
        "due_on": _after(row, 0),
    }


def _collaborations(verb: str, state: str) -> Callable[[Row], Mapping[str, Any]]:
    def words(row: Row) -> Mapping[str, Any]:
        year = int(row.slug)
        return {
            "title": f"協働の記録{row.count}件を{verb}",
            "meta": f"{FiscalYear(year).label}・資料のない記録は、協働数に数えません",
            "url": f"{reverse('communities:staff_collaboration_list')}?state={state}&year={year}",
            "action": verb,
            "due_on": FiscalYear(year).accounts_close_on,
        }

    return words


def _promises(row: Row) -> Mapping[str, Any]:
    return {
        "title": row.name,
        "meta": f"約束・{row.note}",
        "url": reverse("communities:contact_detail", args=[row.ref]),
        "action": "果たす",
        "due_on": row.due_on,
    }


def _inquiries(row: Row) -> Mapping[str, Any]:
    return {
        "title": f"照会の回答 あと{row.count}件" if row.count else "照会の回答がそろいました",
        "meta": f"{row.name}・{row.area_name}",
        "url": reverse("communities:staff_inquiry_detail", args=[row.ref]),
        "action": "見る" if row.count else "締め切る",
        "due_on": row.due_on,
    }


def _without_organiser(row: Row) -> Mapping[str, Any]:
    return {
        "title": "世話人を決める",
        "meta": f"{row.name}・{row.area_name}",
        "url": reverse("communities:staff_community_detail", args=[row.ref]),
        "action": "開く",
    }


def _without_companion(row: Row) -> Mapping[str, Any]:
    return {
        "title": "隊員の伴走を決める",
        "meta": f"{row.name}・{row.area_name}・隊員の伴走がありません",
        "url": reverse("communities:staff_community_detail", args=[row.ref]),
        "action": "開く",
    }


def _asleep(row: Row) -> Mapping[str, Any]:
    return {
        "title": "ようすをきく",
        "meta": f"{row.name}・{row.area_name}・{ASLEEP_DAYS}日以上、動きがありません",
        "url": reverse("communities:staff_community_detail", args=[row.ref]),
        "action": "開く",
    }


def _after(row: Row, days: int) -> date | None:
    return day(row.at) + timedelta(days=days) if row.at else None


def _flags(row: Row) -> Mapping[str, Any]:
    return {
        "title": "知らせを確かめる",
        "meta": f"{ReportReason(row.note).label}・約束は{WAITING_DAYS}日以内",
        "url": reverse("communities:staff_report_detail", args=[row.ref]),
        "action": "確かめる",
        "due_on": _after(row, WAITING_DAYS),
    }


def _appeals(row: Row) -> Mapping[str, Any]:
    return {
        "title": "異議に答える",
        "meta": f"{row.name}・非表示にした人とは別の担当者が決めます",
        "url": reverse("communities:staff_hiding_detail", args=[row.ref]),
        "action": "確かめる",
        "due_on": _after(row, WAITING_DAYS),
    }


WORDS: dict[str, Callable[[Row], Mapping[str, Any]]] = {
    "requests": _requests,
    "community_drafts": _community_drafts,
    "event_drafts": _event_drafts,
    "last_day": _last_day,
    "reports": _reports,
    "calls": _calls,
    "confirm": _collaborations("確認する", CollaborationState.SUBMITTED),
    "count": _collaborations("数える", CollaborationState.WARD_CONFIRMED),
    "count_directly": _collaborations("数える", CollaborationState.SUBMITTED),
    "promises": _promises,
    "inquiries": _inquiries,
    "flags": _flags,
    "appeals": _appeals,
    "without_organiser": _without_organiser,
    "without_companion": _without_companion,
    "asleep": _asleep,
}
