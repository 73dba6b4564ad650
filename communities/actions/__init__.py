"""What can be done with communities: one function, one use case. Keyword-only, `by=` an actor, atomic, audited."""

from .activities import edit_activity, log_activity, move_activity
from .attendance import mark_absent, mark_attended, unmark_attendance
from .bulk import run_bulk
from .calendars import change_calendar, close_calendar, open_calendar, renew_calendar
from .circulars import make_circular
from .collaborations import (
    add_evidence,
    count_collaboration,
    edit_collaboration,
    lock_year,
    move_collaboration,
    record_collaboration,
    return_collaboration,
    submit_collaboration,
    ward_confirm_collaboration,
)
from .communities import (
    ask_to_publish,
    discard_community,
    edit_community,
    move_community,
    publish_communities,
    publish_community,
    register_communities,
    register_community,
)
from .contacts import drop_promise, hand_over_promise, keep_promise, move_contact, record_contact
from .event_changes import postpone_event, resume_event
from .event_pitches import answer_pitch, ask_pitch, enter_pitch, move_pitch
from .event_records import record_event
from .event_reports import (
    add_event_photo,
    answer_survey,
    remove_event_photo,
    report_event,
    set_survey,
    thank_participants,
)
from .event_series import edit_events, repeat_event
from .event_sketches import set_sketch
from .events import EDITABLE as EVENT_FIELDS
from .events import (
    cancel_event,
    close_entries,
    create_event,
    edit_event,
    hold_event,
    move_event,
    publish_event,
    reopen_entries,
)
from .following import change_search, end_search, save_search, stop_search
from .initiatives import edit_initiative, move_initiative, start_initiative
from .inquiries import (
    answer_inquiry,
    close_inquiry,
    draft_inquiry,
    edit_inquiry,
    move_inquiry,
    open_inquiry,
    remind_inquiry,
)
from .invitations import register_with_organiser
from .letters import write_to_organisers
from .lotteries import draw_lottery, seal_lottery
from .memberships import (
    accept_member,
    answer_member,
    appoint_organiser,
    decline_member,
    join_community,
    leave_community,
    remove_member,
    show_member,
)
from .moderation import (
    answer_reports,
    appeal_hiding,
    hide_object,
    move_hiding,
    note_reading,
    report_object,
    set_posting_rule,
)
from .offers import (
    accept_offer,
    answer_registration,
    decline_offer,
    expire_offer,
    fill_seats,
    seat_today,
)
from .organisations import find_or_register_organisation
from .parties import change_capacity, reduce_party
from .photos import NewPhoto, add_photo, remove_photo
from .platforms import confirm_platform_stage, move_platform, register_platform
from .posts import edit_post, move_post, publish_post, step_post, write_post
from .profiles import close_profile, save_profile
from .registrations import cancel_registration, register_for_event
from .withdrawing import withdraw_communities, withdraw_events

__all__ = [
    "EVENT_FIELDS",
    "NewPhoto",
    "accept_member",
    "accept_offer",
    "add_event_photo",
    "add_evidence",
    "add_photo",
    "answer_inquiry",
    "answer_member",
    "answer_pitch",
    "answer_registration",
    "answer_reports",
    "answer_survey",
    "appeal_hiding",
    "appoint_organiser",
    "ask_pitch",
    "ask_to_publish",
    "cancel_event",
    "cancel_registration",
    "change_calendar",
    "change_capacity",
    "change_search",
    "close_calendar",
    "close_entries",
    "close_inquiry",
    "close_profile",
    "confirm_platform_stage",
    "count_collaboration",
    "create_event",
    "decline_member",
    "decline_offer",
    "discard_community",
    "draft_inquiry",
    "draw_lottery",
    "drop_promise",
    "edit_activity",
    "edit_collaboration",
    "edit_community",
    "edit_event",
    "edit_events",
    "edit_initiative",
    "edit_inquiry",
    "edit_post",
    "end_search",
    "enter_pitch",
    "expire_offer",
    "fill_seats",
    "find_or_register_organisation",
    "hand_over_promise",
    "hide_object",
    "hold_event",
    "join_community",
    "keep_promise",
    "leave_community",
    "lock_year",
    "log_activity",
    "make_circular",
    "mark_absent",
    "mark_attended",
    "move_activity",
    "move_collaboration",
    "move_community",
    "move_contact",
    "move_event",
    "move_hiding",
    "move_initiative",
    "move_inquiry",
    "move_pitch",
    "move_platform",
    "move_post",
    "note_reading",
    "open_calendar",
    "open_inquiry",
    "postpone_event",
    "publish_communities",
    "publish_community",
    "publish_event",
    "publish_post",
    "record_collaboration",
    "record_contact",
    "record_event",
    "reduce_party",
    "register_communities",
    "register_community",
    "register_for_event",
    "register_platform",
    "register_with_organiser",
    "remind_inquiry",
    "remove_event_photo",
    "remove_member",
    "remove_photo",
    "renew_calendar",
    "reopen_entries",
    "repeat_event",
    "report_event",
    "report_object",
    "resume_event",
    "return_collaboration",
    "run_bulk",
    "save_profile",
    "save_search",
    "seal_lottery",
    "seat_today",
    "set_posting_rule",
    "set_sketch",
    "set_survey",
    "show_member",
    "start_initiative",
    "step_post",
    "stop_search",
    "submit_collaboration",
    "thank_participants",
    "unmark_attendance",
    "ward_confirm_collaboration",
    "withdraw_communities",
    "withdraw_events",
    "write_post",
    "write_to_organisers",
]
