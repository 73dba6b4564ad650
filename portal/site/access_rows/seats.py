"""Rows of seats: a party's own pages, and what whoever keeps the list does for a party."""

from ..access import Row
from .common import ORGANISER, OWN_STAFF, open_to_all, refused

SEATS = (
    open_to_all("communities:registration_detail", "自分の申込み(届いたリンクから)", "registration"),
    open_to_all("communities:registration_party", "人数を減らす(届いたリンクから)", "registration"),
    open_to_all("communities:event_lottery", "抽選のしくみと結果", "drawn event"),
    open_to_all("communities:lottery_entries", "抽選の応募の一覧(だれの名前もない)", "drawn event"),
    open_to_all("communities:lottery_program", "抽選のプログラム", "drawn event"),
    refused("communities:event_draw", "抽選する", "drawn event", OWN_STAFF | ORGANISER),
    Row(route="communities:party_seat", note="席を渡す", case="party", door=True, may=OWN_STAFF),
    Row(route="communities:party_cancel", note="申込みを取り消す", case="party", door=True, may=OWN_STAFF),
)
