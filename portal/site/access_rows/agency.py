"""Rows of the 委託先 of menu ①: its contract and its 精算書, as the office, the accountant and the organisation see them."""

from ..access import Row
from .common import OFFICES, PREFECTURE, own, post
from .dispatch import ACCOUNTING, MONEY

SEEN = PREFECTURE | ACCOUNTING

AGENCY = (
    own("grants:agency_list", "委託先と精算", may=MONEY),
    Row(route="grants:agency_new", note="委託先を登録する", may=OFFICES, door=True, refused=MONEY - OFFICES),
    own("grants:agency_contract", "委託先の契約", "agency", SEEN),
    post("grants:agency_contract_act", "精算書を作る", "agency start", OFFICES, refused=SEEN - OFFICES),
    own("grants:agency_statement", "精算書", "statement", SEEN),
    post("grants:agency_statement_act", "精算書を提出する", "statement write", OFFICES, refused=SEEN - OFFICES),
    own("documents:file", "精算書", "statement paper", SEEN),
)  # fmt: skip
