"""Rows of grants and papers."""

from ..access import STAFF, Row
from .common import CHIEFS, MUNICIPAL, OWN_TOWN, PREFECTURE, open_to_all, own, post

GRANTS = (
    open_to_all("grants:home", "支援メニュー"), open_to_all("grants:menu_detail", "メニュー", "menu"),
    own("grants:application_list", "申請の一覧", may=MUNICIPAL | CHIEFS),
    own("grants:application_new", "申請を始める", may=MUNICIPAL | CHIEFS),
    own("grants:application_detail", "下書きの申請", "draft", OWN_TOWN),
    Row(
        route="grants:application_detail", note="提出した申請(県は職員の画面へ)", case="submitted", door=True, may=OWN_TOWN,
        led=PREFECTURE,
    ),
    own("grants:application_edit", "申請の部分を書く", "draft section", OWN_TOWN),
    own("grants:application_worksheet", "収支予算の用紙", "draft", OWN_TOWN),
    own("grants:application_worksheet_file", "収支予算の用紙(xlsx)", "draft", OWN_TOWN),
    own("grants:application_preview", "申請書の見本", "draft", OWN_TOWN),
    own("grants:application_submit", "提出の確認", "draft", OWN_TOWN),
    own("grants:application_withdraw", "下書きをやめる", "draft", OWN_TOWN),
    own("grants:attachment_file", "下書きの添付", "draft file", OWN_TOWN),
    post("grants:application_autosave", "書きかけの自動保存", "draft section", OWN_TOWN),
    post("grants:application_settle", "二人の文を一つにする", "draft section", OWN_TOWN),
    post("grants:attachment_remove", "添付を外す", "draft file", OWN_TOWN),
    post(
        "grants:staff_application_take", "届いた申請を受け取る", "submitted", frozenset({"office_here"}),
        refused=PREFECTURE - {"office_here"},
    ),
    own("grants:attachment_file", "提出した添付", "submitted file", OWN_TOWN | PREFECTURE),
    own("grants:staff_queue", "届いた申請", may=PREFECTURE | {"city_auditor"}),
    own("grants:staff_cap_list", "上限の残り", "programme", PREFECTURE),
    own("grants:staff_application_detail", "届いた申請", "submitted", PREFECTURE),
    own("grants:staff_application_detail", "下書きは県から見えない", "draft", frozenset()),
)  # fmt: skip

PAPERS = (
    open_to_all("documents:lookup", "確認番号でさがす"), open_to_all("documents:verify", "書類の真正を確かめる", "paper token"),
    own("documents:file", "発行した書類", "paper", OWN_TOWN | PREFECTURE),
    own("documents:document_list", "文書の一覧", may=STAFF),
    own("documents:document_detail", "文書", "paper", OWN_TOWN | PREFECTURE),
    Row(route="kernel:job_detail", note="書類の準備の進み具合", case="paper job", may=frozenset({"municipal_chief_here"})),
)  # fmt: skip
