"""Rows of bringing tables in and taking lists out."""

from ..access import Row
from .common import OWN_STAFF, WRITERS, own

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
)  # fmt: skip
