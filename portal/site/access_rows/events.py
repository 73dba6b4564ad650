"""Rows of running events: a new date, pitches, the time after it."""

from ..access import Row
from .common import ORGANISER, OWN_STAFF, open_to_all, own, refused

RUNNING = tuple(
    refused(f"communities:{name}", note, case, ORGANISER | OWN_STAFF)
    for name, note, case in (
        ("event_postpone", "催しを延期する", "event"),
        ("event_resume", "新しい日を決める", "event"),
        ("event_repeat", "シリーズにする", "event"),
        ("event_pitch_run", "ピッチの順番を決める", "event"),
        ("event_pitch_screen", "ピッチの画面(60秒の時計)", "event"),
        ("event_pitch_sheet", "ピッチの進行表", "event"),
        ("pitch_detail", "ピッチに返事をする", "pitch"),
        ("event_report", "催しを報告する", "event"),
        ("event_photos", "報告の写真を載せる", "event"),
        ("event_photo_remove", "報告の写真を消す", "report photo"),
        ("event_survey", "アンケートを用意する", "event"),
        ("event_thanks", "お礼のメールを送る", "event"),
    )
)
EVENTS: tuple[Row, ...] = (
    *RUNNING,
    refused(
        "communities:event_record", "報告した催しを活動記録にする", "reported event", ORGANISER | OWN_STAFF
    ),
    own("communities:event_pitches", "ピッチを申し込む", "event"),
    refused("communities:event_sketch_edit", "会場の案内図を載せる", "sketched event", ORGANISER | OWN_STAFF),
    open_to_all("communities:event_sketch", "会場の案内図", "sketched event"),
    open_to_all("communities:event_photo", "報告の写真", "report photo"),
    open_to_all("communities:survey_answer", "アンケートに答える(届いたリンクから)", "survey"),
    open_to_all("communities:event_archive", "これまでのイベント"),
    open_to_all("communities:ward_calendar", "区のカレンダー", "ward"),
)
