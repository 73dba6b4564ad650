"""Rows of accounts and administration."""

from ..access import ANONYMOUS, STAFF, Answer, Row
from .common import CITY, OWN_STAFF, coming, open_to_all, own, post

ADMINISTRATION = (
    *(
        own(f"accounts:{name}", note)
        for name, note in (
            ("me", "わたしのページ"), ("me_name", "表示名を変える"), ("me_adult", "18歳以上の確認"),
            ("me_sessions", "ほかの端末のログアウト"),
        )
    ),
    own("accounts:appointment_list", "役職の一覧", may=CITY | {"system_admin"}),
    own("accounts:appointment_new", "役職を設定する", may=CITY | {"system_admin"}),
    own("accounts:appointment_detail", "役職", "post", CITY | {"system_admin"}),
    own("accounts:appointment_end", "役職を終える", "post", CITY | {"system_admin"}),
    own("accounts:second_factor_reset", "二段階認証を解除する", "post", frozenset({"system_admin"})),
    own("site:access_matrix", "だれが何を見られるか", may=STAFF), own("site:outbox_list", "送信したメール", may=STAFF),
    own("site:outbox_detail", "送信したメール(秋葉区の申込み)", "mail", OWN_STAFF),
    own("site:job_list", "あとで行う処理", may=STAFF),
    post("site:job_retry", "失敗した処理をやり直す(秋葉区の申込み)", "failed job", OWN_STAFF),
    *coming("staff_handover", may=STAFF - {"consultation_desk"}),
    open_to_all("kernel:healthz", "動いているか"), open_to_all("kernel:gallery", "部品の見本(見本だけ)"),
    Row(route="account_login", note="ログイン", may=frozenset({ANONYMOUS}), otherwise=Answer.SIGN_IN),
    Row(route="account_signup", note="アカウントをつくる", may=frozenset({ANONYMOUS}), otherwise=Answer.SIGN_IN),
    own("account_email", "メールアドレスと二段階認証"), own("account_logout", "ログアウト"),
    own("mfa_index", "二段階認証"),
)  # fmt: skip
