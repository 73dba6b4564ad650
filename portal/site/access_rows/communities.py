"""Rows of communities, events and the staff who look after them."""

from ..access import STAFF, Row
from .common import (
    CHIEFS,
    CITY,
    LISTS,
    MUNICIPAL,
    OFFICES,
    ORGANISER,
    OWN_STAFF,
    OWN_TOWN,
    READING,
    WRITERS,
    coming,
    open_to_all,
    own,
    refused,
)

COMMUNITIES = (
    open_to_all("communities:community_list", "コミュニティの一覧"),
    open_to_all("communities:community_detail", "公開したコミュニティ", "community"),
    Row(route="communities:community_detail", note="下書きのコミュニティ", case="draft community", may=READING),
    own("communities:community_join", "参加を申し込む", "community"),
    own("communities:membership_show", "自分の見せ方", "community", frozenset({"member", "organiser"})),
    own("communities:membership_leave", "退会する", "community", frozenset({"member", "organiser"})),
    *(
        refused(f"communities:{name}", note, "community", ORGANISER | OWN_STAFF)
        for name, note in (
            ("community_manage", "世話人の画面"), ("community_edit", "紹介を直す"),
            ("organiser_event_new", "催しを登録する"), ("initiative_new", "取組を書く"),
        )
    ),
    refused("communities:community_publish_ask", "公開を頼む", "community", ORGANISER),
    Row(
        route="communities:membership_answer", note="参加の申込みに返事をする", case="request", door=True,
        may=ORGANISER | OWN_STAFF, refused=frozenset({"city_chief", "city_auditor"}),
    ),
    refused("communities:organiser_event", "自分の催し", "own event", ORGANISER | OWN_STAFF),
    refused("communities:organiser_event_edit", "自分の催しを直す", "own event", ORGANISER | OWN_STAFF),
    open_to_all("communities:event_list", "イベントの一覧"), open_to_all("communities:event_detail", "公開したイベント", "event"),
    Row(route="communities:event_detail", note="下書きのイベント", case="draft event", may=READING),
    open_to_all("communities:event_register", "イベントに申し込む", "event"),
    open_to_all("communities:initiative_detail", "取組", "initiative"),
    refused("communities:initiative_edit", "取組を直す", "initiative", ORGANISER | OWN_STAFF),
    refused("communities:initiative_move", "取組の段階を進める", "initiative", ORGANISER | OWN_STAFF),
    refused("communities:collaboration_new", "協働を記録する", "initiative", ORGANISER | OWN_STAFF),
    open_to_all("communities:collaboration_detail", "数えた協働", "counted"),
    Row(
        route="communities:collaboration_detail", note="確認前の協働", case="unconfirmed", may=READING | ORGANISER,
    ),
    *(
        Row(
            route=f"communities:{name}", note=note, case="unconfirmed", door=True, may=ORGANISER | OWN_STAFF,
            refused=frozenset({"city_chief", "city_auditor"}),
        )
        for name, note in (
            ("collaboration_edit", "協働の記録を直す"), ("evidence_new", "根拠の資料を付ける"),
            ("collaboration_submit", "協働の記録を提出する"),
        )
    ),
    open_to_all("communities:platform_list", "コミプラの一覧"),
)  # fmt: skip

STAFF_COMMUNITIES = (
    own("site:desk", "今日すること", may=STAFF),
    own("communities:staff_community_list", "コミュニティ(職員)", may=LISTS),
    own("communities:staff_community_new", "コミュニティを登録する", may=WRITERS),
    own("communities:staff_community_detail", "コミュニティ(職員)", "community pk", READING),
    own("communities:staff_community_edit", "コミュニティを直す", "community pk", OWN_STAFF),
    own("communities:staff_event_list", "イベント(職員)", may=LISTS),
    own("communities:staff_event_new", "イベントを登録する", may=WRITERS),
    own("communities:staff_event_detail", "イベント(職員)", "event", READING),
    own("communities:staff_event_edit", "イベントを直す", "event", OWN_STAFF),
    own("communities:staff_collaboration_list", "協働の記録(職員)", may=LISTS),
    own("communities:staff_collaboration_detail", "協働の記録(職員)", "unconfirmed", READING),
    own("communities:staff_evidence_file", "根拠の資料のファイル", "evidence", READING),
    own("communities:staff_platform_list", "コミプラ(職員)", may=MUNICIPAL | CHIEFS | CITY | OFFICES),
    own("communities:staff_platform_new", "コミプラを登録する", may=MUNICIPAL | CITY),
    own(
        "communities:staff_platform_detail",
        "コミプラ(職員)",
        "platform",
        OWN_TOWN | OFFICES,
    ),
    own("communities:staff_stage_confirm", "コミプラのステージを確認する", "stage", OFFICES),
    own("indicators:staff_values", "指標の値", may=CITY | {"city_chief", "city_auditor"}),
    *coming("staff_hubstaff", may=OWN_STAFF | {"ward_elsewhere", "city_chief"}),
    *coming(
        "staff_crowdfunding", may=OWN_STAFF | {"ward_elsewhere", "city_chief", "city_finance", "accountant"}
    ),
    *coming("staff_donations", may=CITY | {"city_chief", "city_finance", "accountant"}),
)
