"""Rows of the officer's day."""

from ..access import Answer, Row
from .common import LISTS, OFFICES, ORGANISER, OWN_STAFF, READING, WARD, WRITERS, open_to_all, own

OFFICER: tuple[Row, ...] = (
    own("site:desk_later", "あとでする", "to-do", OWN_STAFF),
    own("site:desk_wake", "一覧にもどす", "to-do", OWN_STAFF),
    own("communities:staff_request_list", "参加の申込み(職員)", may=LISTS),
    own("communities:staff_person_list", "活動している人の一覧(職員)", may=LISTS),
    own("communities:staff_person_detail", "世話人(秋葉区)", "staff organiser", READING),
    own("communities:staff_person_detail", "名前を公開していない参加者(秋葉区)", "staff member", OWN_STAFF),
    own("communities:staff_bulk", "まとめて行う(1件ずつ、その権限で)", "bulk", WRITERS),
    own("communities:staff_bulk_run", "まとめて行った結果(行った本人)", "bulk run", WARD),
    own("communities:contact_list", "対応記録", may=WRITERS | OFFICES),
    own("communities:contact_find", "記録する相手をさがす", may=WRITERS | OFFICES),
    own("communities:contact_new", "対応を記録する(コミュニティ)", "contact subject", OWN_STAFF),
    own("communities:contact_new", "対応を記録する(人)", "contact person", OWN_STAFF),
    own(
        "communities:contact_new",
        "対応を記録する(補助金の申請)",
        "contact file",
        frozenset({"municipal_here"}) | OFFICES,
    ),
    own("communities:contact_detail", "対応記録", "contact", OWN_STAFF),
    own("communities:contact_hand_over", "約束を引き継ぐ", "contact", OWN_STAFF),
    own("communities:staff_inquiry_list", "一斉照会", may=WRITERS),
    own("communities:staff_inquiry_new", "照会をつくる", may=WRITERS),
    own("communities:staff_inquiry_detail", "照会と回答の表", "inquiry", OWN_STAFF),
    own("communities:staff_inquiry_edit", "照会の下書きを直す", "inquiry draft", OWN_STAFF),
    own("communities:staff_inquiry_answer", "電話で聞いた回答を書く", "inquiry recipient", OWN_STAFF),
    Row(
        route="communities:organiser_inquiry", note="照会に答える(世話人)", case="own inquiry", door=True,
        may=ORGANISER | OWN_STAFF, otherwise=Answer.REFUSED,
    ),
    open_to_all("communities:inquiry_answer", "照会に答える(届いたリンクから)", "inquiry token"),
)  # fmt: skip
