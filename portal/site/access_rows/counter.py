"""Rows of an event's counter: receiving parties, the door, who reads what people need."""

from ..access import Row
from .common import ORGANISER, OWN_STAFF, refused

COUNTER: tuple[Row, ...] = (
    *(
        refused(f"communities:{name}", note, "event", ORGANISER | OWN_STAFF)
        for name, note in (
            ("event_counter", "催しの受付の画面"), ("counter_readers", "配慮の希望を読む人を決める"),
            ("counter_new", "代理受付をする"), ("counter_check_in", "当日の受付をする"),
            ("counter_figures", "当日の人数"), ("event_asks", "申込みで聞くことを決める"),
            ("event_questions", "申込みの質問"), ("event_question_new", "質問を加える"),
        )
    ),
    refused("communities:event_question_edit", "質問を直す", "question", ORGANISER | OWN_STAFF),
    refused("communities:event_answers", "質問への答え(締切の前)", "event", OWN_STAFF),
    refused("communities:event_answers", "質問への答え(締切のあと)", "event today", ORGANISER | OWN_STAFF),
    refused("communities:counter_list", "当日の名簿(締切の前)", "event", OWN_STAFF),
    refused("communities:counter_list", "当日の名簿(締切のあと)", "event today", ORGANISER | OWN_STAFF),
    refused("communities:counter_party", "受付をした1組", "party", ORGANISER | OWN_STAFF),
    refused("communities:counter_slip", "受付票", "party", ORGANISER | OWN_STAFF),
)  # fmt: skip
