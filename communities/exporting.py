"""Lists that the staff can take out: each through its own rule of seeing, within the areas one works for."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404

from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor
from portal.kernel.exports import ExportColumn, ExportKind

from . import queries
from .enums import CollaborationState, RegistrationState
from .models import (
    Collaboration,
    Community,
    Event,
    Inquiry,
    InquiryQuestion,
    InquiryRecipient,
    Platform,
    Registration,
)
from .models.inquiries import InquiryState
from .profiles.acting import acting
from .queries import lists
from .queries.staff_people import people_chosen
from .rules import MUNICIPAL_STAFF, READERS, WARD_STAFF

Params = Mapping[str, str]
Column = ExportColumn
SENT = (InquiryState.OPEN, InquiryState.CLOSED)
STAGE_STAFF = (*MUNICIPAL_STAFF, Role.MUNICIPAL_CHIEF, Role.PREFECTURE_OFFICER)


def _communities(by: Actor, params: Params) -> QuerySet[Community]:
    scope = Scope.of(by)
    rows = queries.with_theme_names(lists.staff_communities(scope, params))
    return rows.filter(pk__in=queries.communities_visible_to(scope))


def _events(by: Actor, params: Params) -> QuerySet[Event]:
    scope = Scope.of(by)
    return lists.staff_events(scope, params).filter(pk__in=queries.events_visible_to(scope))


def _collaborations(by: Actor, params: Params) -> QuerySet[Collaboration]:
    scope = Scope.of(by)
    rows = queries.with_evidence_kinds(queries.collaborations_in_areas(scope))
    rows = rows.filter(pk__in=queries.collaborations_visible_to(scope))
    state, year = params.get("state", ""), params.get("year", "")
    if state in CollaborationState.values:
        rows = rows.filter(state=state)
    elif state == "waiting":
        rows = rows.filter(state__in=queries.WAITING)
    return (
        rows.filter(fiscal_year=int(year)) if year.isascii() and year.isdigit() and len(year) == 4 else rows
    )


def _platforms(by: Actor, params: Params) -> QuerySet[Platform]:
    scope = Scope.of(by)
    rows = queries.platforms_with_districts(queries.platforms_of(scope.areas(*STAGE_STAFF)))
    return rows.filter(pk__in=queries.platforms_visible_to(scope))


def _registrations(by: Actor, params: Params) -> QuerySet[Registration]:
    rows = queries.registrations_visible_to(Scope.of(by)).filter(event=_event(by, params))
    return rows.exclude(state=RegistrationState.CANCELLED)


def _event(by: Actor, params: Params) -> Event:
    """The event whose parties are asked for. Raises Http404 for one outside one's areas."""
    try:
        pk = UUID(params.get("event", ""))
    except ValueError:
        raise Http404 from None
    event = queries.events_in_areas(Scope.of(by)).filter(pk=pk).first()
    if event is None:
        raise Http404
    return event


def _may_take_parties(by: Actor, params: Params) -> None:
    permissions.require(by, "communities.export_registrants", _event(by, params))


def _inquiry(by: Actor, params: Params) -> Inquiry:
    """The paper whose answers are asked for. Raises Http404 for one of another office, or one that was not sent."""
    try:
        pk = UUID(params.get("inquiry", ""))
    except ValueError:
        raise Http404 from None
    sent = queries.inquiries_visible_to(Scope.of(by)).filter(state__in=SENT)
    inquiry = sent.filter(pk=pk).first()
    if inquiry is None:
        raise Http404
    return inquiry


def _answers(by: Actor, params: Params) -> QuerySet[InquiryRecipient]:
    return queries.recipients_of(_inquiry(by, params))


def _questions(by: Actor, params: Params) -> list[Column]:
    return [_answer_to(question) for question in _inquiry(by, params).questions.all()]


def _answer_to(question: InquiryQuestion) -> Column:
    key = str(question.pk)
    return Column(question.label, lambda row: (row.reply or {}).get(key, ""), 24)


def _may_take_answers(by: Actor, params: Params) -> None:
    permissions.require(by, "communities.run_inquiry", _inquiry(by, params))


def _people(by: Actor, params: Params) -> QuerySet[User]:
    return people_chosen(
        Scope.of(by), area=params.get("area", ""), role=params.get("role", ""), theme=params.get("theme", ""),
        words=params.get("q", ""),
    )  # fmt: skip


def _profile_address(row: Any) -> str:
    card = acting(row).card
    return settings.BASE_URL + card.url if card else ""


def _themes(row: Any) -> str:
    return "、".join(row.theme_names)


COMMUNITIES = ExportKind(
    key="communities", label="コミュニティ", rows=_communities, order=("-created_at", "-id"), apart="area", roles=READERS,
    params=("state", "q"),
    columns=(
        Column("名前", lambda row: row.name, 30), Column("フリガナ", lambda row: row.kana, 30), Column("地域", lambda row: row.area.name),
        Column("状態", lambda row: row.get_state_display()), Column("ひとことで言うと", lambda row: row.summary, 40),
        Column("活動の紹介", lambda row: row.story, 40), Column("テーマ", _themes, 24),
        Column("参加のしかた", lambda row: row.get_join_policy_display(), 24), Column("公開する連絡先", lambda row: row.contact, 24),
        Column("集まり", lambda row: row.meets, 24), Column("場所", lambda row: row.place, 24), Column("始まり", lambda row: row.founded_on),
        Column("別の書き方", lambda row: "、".join(row.variants), 24), Column("参加者", lambda row: row.people_count, 8),
        Column("返事待ち", lambda row: row.request_count, 8), Column("登録", lambda row: row.created_at), Column("公開", lambda row: row.published_at),
    ),
)  # fmt: skip
EVENTS = ExportKind(
    key="events", label="イベント", rows=_events, order=("-starts_at", "-id"), apart="area", roles=READERS, params=("state", "q"),
    columns=(
        Column("催しの名前", lambda row: row.title, 36), Column("始まり", lambda row: row.starts_at, 18), Column("終わり", lambda row: row.ends_at, 18),
        Column("会場", lambda row: row.venue, 24), Column("会場の住所", lambda row: row.address, 30), Column("主催", lambda row: str(row.host), 24),
        Column("地域", lambda row: row.area.name), Column("申込みを集める人", lambda row: row.get_collector_display()),
        Column("申込みの方法", lambda row: row.get_entry_method_display()), Column("申込みの締切", lambda row: row.entries_close_at, 18),
        Column("参加費", lambda row: row.fee_yen, 8), Column("定員", lambda row: row.seats.capacity, 8),
        Column("申込み", lambda row: row.seats.taken, 8), Column("キャンセル待ち", lambda row: row.seats.waiting_count, 8),
        Column("状態", lambda row: row.get_state_display()), Column("ひとことで言うと", lambda row: row.summary, 36),
        Column("内容", lambda row: row.description, 40), Column("問い合わせ", lambda row: row.contact, 24),
    ),
)  # fmt: skip
COLLABORATIONS = ExportKind(
    key="collaborations", label="協働の記録", rows=_collaborations, order=("created_at", "id"), apart="lead_area", roles=READERS,
    params=("state", "year"),
    columns=(
        Column("年度", lambda row: row.fiscal_year, 8), Column("取組", lambda row: row.initiative.title, 30),
        Column("コミュニティ", lambda row: row.initiative.community.name, 30), Column("主体", lambda row: row.organisation.name, 30),
        Column("主体の種類", lambda row: row.organisation.get_kind_display(), 20), Column("地域", lambda row: row.lead_area.name),
        Column("形", lambda row: row.get_form_display(), 20), Column("わたしたちの役割", lambda row: row.our_role, 30),
        Column("相手の役割", lambda row: row.their_role, 30), Column("始まり", lambda row: row.started_on), Column("終わり", lambda row: row.ended_on),
        Column("場所", lambda row: row.place, 24), Column("参加人数", lambda row: row.participants_count, 8),
        Column("成果", lambda row: row.outcome, 40), Column("継続", lambda row: "継続" if row.continuing else "新規", 8),
        Column("主体の公表", lambda row: "する" if row.partner_public else "しない", 8),
        Column("根拠の種類", lambda row: len(row.evidence_kinds), 8), Column("状態", lambda row: row.get_state_display()),
    ),
)  # fmt: skip
PLATFORMS = ExportKind(
    key="platforms", label="コミプラ", rows=_platforms, order=("-created_at", "-id"), apart="area", roles=STAGE_STAFF,
    columns=(
        Column("名前", lambda row: row.name, 30), Column("フリガナ", lambda row: row.kana, 30), Column("市町村", lambda row: row.area.name),
        Column("校区", lambda row: "、".join(row.district_names), 30), Column("ステージ", lambda row: row.get_stage_display()),
        Column("この日から", lambda row: row.since_on), Column("県の確認", lambda row: row.confirmed_at), Column("紹介", lambda row: row.summary, 40),
    ),
)  # fmt: skip
REGISTRATIONS = ExportKind(
    key="registrations", label="申込みの名簿", rows=_registrations, order=("position",), roles=WARD_STAFF, params=("event",),
    admits=_may_take_parties, asks_purpose=True,
    note="氏名や連絡先が入ります。使い終わったら、ファイルを消してください。参加に必要なこと(配慮)は、入りません。",
    columns=(
        Column("受付番号", lambda row: row.position, 8), Column("氏名", lambda row: row.name, 20), Column("フリガナ", lambda row: row.kana, 20),
        Column("メールアドレス", lambda row: row.email, 30), Column("電話番号", lambda row: row.phone), Column("人数", lambda row: row.party_size, 8),
        Column("お連れの方", lambda row: "、".join(row.party_names), 30), Column("状態", lambda row: row.get_state_display()),
        Column("申し込んだ日時", lambda row: row.created_at, 18),
    ),
)  # fmt: skip
PEOPLE = ExportKind(
    key="people", label="活動している人", rows=_people, order=("-created_at", "-id"), roles=READERS,
    params=("area", "role", "theme", "q"), asks_purpose=True,
    note="氏名が入ります。使い終わったら、ファイルを消してください。連絡先と、本人が公開していないことは、入りません。",
    columns=(
        Column("名前", lambda row: acting(row).name, 20), Column("コミュニティと役割", lambda row: "、".join(acting(row).belongs), 40),
        Column("地域", lambda row: "、".join(acting(row).areas), 20),
        Column("公開しているプロフィール", _profile_address, 40),
    ),
)  # fmt: skip
ANSWERS = ExportKind(
    key="answers", label="照会の回答", rows=_answers, order=("answered_at", "id"), roles=WARD_STAFF, params=("inquiry",),
    admits=_may_take_answers, more=_questions,
    note="世話人が書いたとおりに入ります。まだ回答のないところは、空のまま最後に並びます。",
    columns=(
        Column("コミュニティ・市町村", lambda row: row.name, 30),
        Column("地域", lambda row: row.community.area.name if row.community else row.name),
        Column("回答した日時", lambda row: row.answered_at, 18),
    ),
)  # fmt: skip
KINDS = (COMMUNITIES, EVENTS, COLLABORATIONS, PLATFORMS, REGISTRATIONS, PEOPLE, ANSWERS)
