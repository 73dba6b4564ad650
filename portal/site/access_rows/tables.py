"""Rows of bringing tables in and taking lists out."""

from ..access import Row
from .common import CHIEFS, CITY, LISTS, MUNICIPAL, OFFICES, OWN_STAFF, PREFECTURE, WARD, WRITERS, own

TABLES: tuple[Row, ...] = (
    own("communities:staff_community_import", "コミュニティを表から登録する", may=WRITERS),
    own("communities:staff_event_import", "イベントを表から登録する", may=WRITERS),
    own("communities:staff_import_template", "記入用の表", "template", WRITERS),
    *(
        own(f"communities:{name}", note, "import", OWN_STAFF)
        for name, note in (
            ("staff_import_detail", "送った表"), ("staff_import_columns", "表の列を選ぶ"), ("staff_import_headings", "表の見出しを選ぶ"),
            ("staff_import_twins", "表の重なりを確かめる"), ("staff_import_undo", "まとめての登録を取り消す"),
            ("staff_import_faults", "表の直すところ(CSV)"),
        )
    ),
    own("communities:staff_export_new", "一覧を書き出す", "export list", LISTS),
    own("communities:staff_export_new", "コミプラの一覧を書き出す", "export platforms", MUNICIPAL | CHIEFS | CITY | OFFICES),
    own("communities:staff_export_detail", "自分の書き出し", "export", WARD),
    own("communities:staff_export_file", "自分の書き出したファイル", "export", WARD),
    own("communities:staff_export_new", "提出された申請を書き出す", "export applications", PREFECTURE | {"city_auditor"}),
    own("communities:staff_export_new", "執行管理を書き出す", "export execution", PREFECTURE | {"city_auditor", "accountant"}),
    own("communities:staff_export_new", "文書の保存と廃棄を書き出す", "export retention", PREFECTURE | {"city_auditor"}),
    own("communities:staff_export_detail", "県の担当の書き出し", "export of files", frozenset({"office_here"})),
    own("communities:staff_export_file", "県の担当が書き出したファイル", "export of files", frozenset({"office_here"})),
)  # fmt: skip
