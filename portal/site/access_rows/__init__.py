"""The rows of the access table, part by part. What they say is checked against the portal, address by address."""

from ..access import Row
from .administration import ADMINISTRATION
from .advances import ADVANCES
from .agency import AGENCY
from .assets import ASSETS
from .carrying import CARRYING
from .circle import CIRCLE
from .commission import CALLS, CONTRACTS, PANELS, PROPOSALS, THEMES
from .communities import COMMUNITIES, STAFF_COMMUNITIES
from .counter import COUNTER
from .deciding import DECIDING
from .dispatch import DISPATCH, PAYMENTS
from .dossier import DOSSIERS
from .early import EARLY
from .entrance import ENTRANCE
from .events import EVENTS
from .examining import EXAMINING
from .execution import EXECUTION
from .feeds import FEEDS
from .grants import GRANTS, PAPERS
from .officer import OFFICER
from .people import PEOPLE
from .programmes import NEEDS, PROGRAMMES
from .recovery import RECOVERY
from .relief import RELIEF
from .retention import RETENTION
from .seats import SEATS
from .settlement import SETTLEMENT
from .stopping import STOPPING
from .subgrants import SUBGRANTS
from .supporters import SUPPORTERS
from .tables import TABLES
from .workshop import WORKSHOPS

PARTS: tuple[tuple[str, tuple[Row, ...]], ...] = (
    ("入口と協働数", ENTRANCE),
    ("コミュニティとイベント", COMMUNITIES),
    ("職員の仕事", STAFF_COMMUNITIES),
    ("表の取り込みと書き出し", TABLES),
    ("催しを動かす", EVENTS),
    ("催しの受付", COUNTER),
    ("席と申込み", SEATS),
    ("担当者の一日", OFFICER),
    ("コミュニティの中", CIRCLE),
    ("回覧板・カレンダー・オープンデータ", FEEDS),
    ("人", PEOPLE),
    ("補助金", GRANTS),
    ("補助金の審査と補正", EXAMINING),
    ("補助金の決定と決裁", DECIDING),
    ("補助金の締切", RELIEF),
    ("補助金の実績と額の確定", SETTLEMENT),
    ("補助の事業とメニュー", PROGRAMMES),
    ("要望調査と内示", NEEDS),
    ("アドバイザーの派遣", DISPATCH),
    ("アドバイザーの派遣の委託", AGENCY),
    ("ワークショップ", WORKSHOPS),
    ("学生サポーター", SUPPORTERS),
    ("モデル的な取組のテーマ", THEMES),
    ("企画提案の公募", CALLS),
    ("支払い", PAYMENTS),
    ("執行管理", EXECUTION),
    ("概算払", ADVANCES),
    ("事前着手届", EARLY),
    ("繰越し", CARRYING),
    ("廃止", STOPPING),
    ("取消しと返還", RECOVERY),
    ("間接補助", SUBGRANTS),
    ("取得財産", ASSETS),
    ("文書の保存と廃棄", RETENTION),
    ("一件書類", DOSSIERS),
    ("企画提案", PROPOSALS),
    ("企画提案の審査会", PANELS),
    ("企画提案の契約", CONTRACTS),
    ("書類", PAPERS),
    ("アカウントと管理", ADMINISTRATION),
)

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
