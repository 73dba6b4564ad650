"""The rows of the access table, part by part. What they say is checked against the portal, address by address."""

from .access import ANONYMOUS, EVERYBODY, SIGNED_IN, STAFF, Answer, Row

WARD = frozenset({"ward_here"})
CITY = frozenset({"city_officer"})
OWN_STAFF = WARD | CITY  # who works for the community's ward
READING = OWN_STAFF | {"city_chief", "city_auditor"}  # who may also read there
MUNICIPAL = frozenset({"municipal_here", "municipal_elsewhere"})
CHIEFS = frozenset({"municipal_chief_here", "municipal_chief_elsewhere"})
OWN_TOWN = frozenset({"municipal_here", "municipal_chief_here"})
OFFICES = frozenset({"office_here", "office_elsewhere"})
PREFECTURE = OFFICES | {"prefecture_chief", "prefecture_head", "prefecture_auditor"}
LISTS = READING | {"ward_elsewhere", "prefecture_auditor"} | MUNICIPAL | CHIEFS
WRITERS = OWN_STAFF | {"ward_elsewhere"} | MUNICIPAL
ORGANISER = frozenset({"organiser"})


def _open(route: str, note: str, case: str = "") -> Row:
    return Row(route=route, note=note, case=case, may=EVERYBODY)


def _own(route: str, note: str, case: str = "", may: frozenset[str] = SIGNED_IN) -> Row:
    return Row(route=route, note=note, case=case, may=may, door=True)


def _refused(route: str, note: str, case: str, may: frozenset[str]) -> Row:
    """Everybody sees the object; who may not act is told why."""
    return Row(route=route, note=note, case=case, may=may, door=True, otherwise=Answer.REFUSED)


def _post(
    route: str, note: str, case: str, may: frozenset[str], refused: frozenset[str] = frozenset()
) -> Row:
    """An address that only writes."""
    return Row(route=route, note=note, case=case, may=may, method="POST", door=True, refused=refused)


def _coming(*names: str, may: frozenset[str] = EVERYBODY) -> tuple[Row, ...]:
    return tuple(
        Row(route=f"site:{name}", note="これからつくるページ", may=may, door=may != EVERYBODY)
        for name in names
    )


ENTRANCE = (
    _open("site:home", "ホーム"), _open("site:ward", "区のページ", "ward"), _open("site:search", "さがす"),
    _open("site:demo", "見本の人で入る(見本だけ)"), _open("site:accessibility", "ウェブアクセシビリティ方針"),
    _open("site:privacy", "個人情報の取り扱い"), _open("indicators:index", "協働数"),
    _open("indicators:collaborations", "協働数 年度のページ", "year"),
    *_coming(
        "people", "hubstaff", "hubstaff_postings", "crowdfunding", "crowdfunding_estimate", "grants_guide", "opendata",
        "feeds", "events_ics",
    ),
    Row(route="site:ward_events_ics", note="これからつくるページ", case="ward", may=EVERYBODY),
    *_coming("hubstaff_log", may=SIGNED_IN),
)  # fmt: skip

COMMUNITIES = (
    _open("communities:community_list", "コミュニティの一覧"),
    _open("communities:community_detail", "公開したコミュニティ", "community"),
    Row(route="communities:community_detail", note="下書きのコミュニティ", case="draft community", may=READING),
    _own("communities:community_join", "参加を申し込む", "community"),
    _own("communities:membership_show", "自分の見せ方", "community", frozenset({"member", "organiser"})),
    _own("communities:membership_leave", "退会する", "community", frozenset({"member", "organiser"})),
    *(
        _refused(f"communities:{name}", note, "community", ORGANISER | OWN_STAFF)
        for name, note in (
            ("community_manage", "世話人の画面"), ("community_edit", "紹介を直す"),
            ("organiser_event_new", "催しを登録する"), ("initiative_new", "取組を書く"),
        )
    ),
    _refused("communities:community_publish_ask", "公開を頼む", "community", ORGANISER),
    Row(
        route="communities:membership_answer", note="参加の申込みに返事をする", case="request", door=True,
        may=ORGANISER | OWN_STAFF, refused=frozenset({"city_chief", "city_auditor"}),
    ),
    _refused("communities:organiser_event", "自分の催し", "own event", ORGANISER | OWN_STAFF),
    _refused("communities:organiser_event_edit", "自分の催しを直す", "own event", ORGANISER | OWN_STAFF),
    _open("communities:event_list", "イベントの一覧"), _open("communities:event_detail", "公開したイベント", "event"),
    Row(route="communities:event_detail", note="下書きのイベント", case="draft event", may=READING),
    _open("communities:event_register", "イベントに申し込む", "event"),
    _open("communities:registration_detail", "自分の申込み(届いたリンクから)", "registration"),
    _open("communities:initiative_detail", "取組", "initiative"),
    _refused("communities:initiative_edit", "取組を直す", "initiative", ORGANISER | OWN_STAFF),
    _refused("communities:initiative_move", "取組の段階を進める", "initiative", ORGANISER | OWN_STAFF),
    _refused("communities:collaboration_new", "協働を記録する", "initiative", ORGANISER | OWN_STAFF),
    _open("communities:collaboration_detail", "数えた協働", "counted"),
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
    _open("communities:platform_list", "コミプラの一覧"),
)  # fmt: skip

STAFF_COMMUNITIES = (
    _own("site:desk", "今日すること", may=STAFF),
    _own("communities:staff_community_list", "コミュニティ(職員)", may=LISTS),
    _own("communities:staff_community_new", "コミュニティを登録する", may=WRITERS),
    _own("communities:staff_community_detail", "コミュニティ(職員)", "community pk", READING),
    _own("communities:staff_community_edit", "コミュニティを直す", "community pk", OWN_STAFF),
    _own("communities:staff_event_list", "イベント(職員)", may=LISTS),
    _own("communities:staff_event_new", "イベントを登録する", may=WRITERS),
    _own("communities:staff_event_detail", "イベント(職員)", "event", READING),
    _own("communities:staff_event_edit", "イベントを直す", "event", OWN_STAFF),
    _own("communities:staff_registration_cancel", "申込みを取り消す", "party", OWN_STAFF),
    _own("communities:staff_collaboration_list", "協働の記録(職員)", may=LISTS),
    _own("communities:staff_collaboration_detail", "協働の記録(職員)", "unconfirmed", READING),
    _own("communities:staff_evidence_file", "根拠の資料のファイル", "evidence", READING),
    _own("communities:staff_platform_list", "コミプラ(職員)", may=MUNICIPAL | CHIEFS | CITY | OFFICES),
    _own("communities:staff_platform_new", "コミプラを登録する", may=MUNICIPAL | CITY),
    _own(
        "communities:staff_platform_detail",
        "コミプラ(職員)",
        "platform",
        OWN_TOWN | OFFICES,
    ),
    _own("communities:staff_stage_confirm", "コミプラのステージを確認する", "stage", OFFICES),
    _own("indicators:staff_values", "指標の値", may=CITY | {"city_chief", "city_auditor"}),
    *_coming("staff_people", "staff_hubstaff", may=OWN_STAFF | {"ward_elsewhere", "city_chief"}),
    *_coming("staff_community_import", may=WRITERS | {"city_chief"}),
    *_coming(
        "staff_crowdfunding", may=OWN_STAFF | {"ward_elsewhere", "city_chief", "city_finance", "accountant"}
    ),
    *_coming("staff_donations", may=CITY | {"city_chief", "city_finance", "accountant"}),
)

GRANTS = (
    _open("grants:home", "支援メニュー"), _open("grants:menu_detail", "メニュー", "menu"),
    _own("grants:application_list", "申請の一覧", may=MUNICIPAL | CHIEFS),
    _own("grants:application_new", "申請を始める", may=MUNICIPAL | CHIEFS),
    _own("grants:application_detail", "下書きの申請", "draft", OWN_TOWN),
    Row(
        route="grants:application_detail", note="提出した申請(県は職員の画面へ)", case="submitted", door=True, may=OWN_TOWN,
        led=PREFECTURE,
    ),
    _own("grants:application_edit", "申請の部分を書く", "draft section", OWN_TOWN),
    _own("grants:application_preview", "申請書の見本", "draft", OWN_TOWN),
    _own("grants:application_submit", "提出の確認", "draft", OWN_TOWN),
    _own("grants:application_withdraw", "下書きをやめる", "draft", OWN_TOWN),
    _own("grants:attachment_file", "下書きの添付", "draft file", OWN_TOWN),
    _post("grants:application_autosave", "書きかけの自動保存", "draft section", OWN_TOWN),
    _post("grants:application_settle", "二人の文を一つにする", "draft section", OWN_TOWN),
    _post("grants:attachment_remove", "添付を外す", "draft file", OWN_TOWN),
    _post(
        "grants:staff_application_take", "届いた申請を受け取る", "submitted", frozenset({"office_here"}),
        refused=PREFECTURE - {"office_here"},
    ),
    _own("grants:attachment_file", "提出した添付", "submitted file", OWN_TOWN | PREFECTURE),
    _own("grants:staff_queue", "届いた申請", may=PREFECTURE | {"city_auditor"}),
    _own("grants:staff_cap_list", "上限の残り", "programme", PREFECTURE),
    _own("grants:staff_application_detail", "届いた申請", "submitted", PREFECTURE),
    _own("grants:staff_application_detail", "下書きは県から見えない", "draft", frozenset()),
    *_coming("staff_grant_reviews", may=OFFICES | {"prefecture_chief", "prefecture_head", "secretariat"}),
)  # fmt: skip

PAPERS = (
    _open("documents:lookup", "確認番号でさがす"), _open("documents:verify", "書類の真正を確かめる", "paper token"),
    _own("documents:file", "発行した書類", "paper", OWN_TOWN | PREFECTURE),
    _own("documents:document_list", "文書の一覧", may=STAFF),
    _own("documents:document_detail", "文書", "paper", OWN_TOWN | PREFECTURE),
    Row(route="kernel:job_detail", note="書類の準備の進み具合", case="paper job", may=frozenset({"municipal_chief_here"})),
)  # fmt: skip

ADMINISTRATION = (
    *(
        _own(f"accounts:{name}", note)
        for name, note in (
            ("me", "わたしのページ"), ("me_name", "表示名を変える"), ("me_adult", "18歳以上の確認"),
            ("me_sessions", "ほかの端末のログアウト"),
        )
    ),
    _own("accounts:appointment_list", "役職の一覧", may=CITY | {"system_admin"}),
    _own("accounts:appointment_new", "役職を設定する", may=CITY | {"system_admin"}),
    _own("accounts:appointment_detail", "役職", "post", CITY | {"system_admin"}),
    _own("accounts:appointment_end", "役職を終える", "post", CITY | {"system_admin"}),
    _own("accounts:second_factor_reset", "二段階認証を解除する", "post", frozenset({"system_admin"})),
    _own("site:access_matrix", "だれが何を見られるか", may=STAFF), _own("site:outbox_list", "送信したメール", may=STAFF),
    _own("site:outbox_detail", "送信したメール(秋葉区の申込み)", "mail", OWN_STAFF),
    _own("site:job_list", "あとで行う処理", may=STAFF),
    _post("site:job_retry", "失敗した処理をやり直す(秋葉区の申込み)", "failed job", OWN_STAFF),
    *_coming("staff_handover", may=STAFF - {"consultation_desk"}),
    _open("kernel:healthz", "動いているか"), _open("kernel:gallery", "部品の見本(見本だけ)"),
    Row(route="account_login", note="ログイン", may=frozenset({ANONYMOUS}), otherwise=Answer.SIGN_IN),
    Row(route="account_signup", note="アカウントをつくる", may=frozenset({ANONYMOUS}), otherwise=Answer.SIGN_IN),
    _own("account_email", "メールアドレスと二段階認証"), _own("account_logout", "ログアウト"),
    _own("mfa_index", "二段階認証"),
)  # fmt: skip

PARTS: tuple[tuple[str, tuple[Row, ...]], ...] = (
    ("入口と協働数", ENTRANCE), ("コミュニティとイベント", COMMUNITIES), ("職員の仕事", STAFF_COMMUNITIES),
    ("補助金", GRANTS), ("書類", PAPERS), ("アカウントと管理", ADMINISTRATION),
)  # fmt: skip

# Addresses without a row, and why: what they answer does not depend on who asks, or only a POST reaches them.
WITHOUT_ROW = {
    "kernel:readyz": "動作の確認。立場によらない",
    "admin:index": "システム管理者の設定画面。中は django-admin が役職で閉じている",
    **dict.fromkeys(
        (
            "account_request_login_code", "account_confirm_login_code", "account_email_verification_sent", "account_inactive",
            "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
        ),
        "ログインの途中の画面。本人だけが進める",
    ),
}  # fmt: skip
