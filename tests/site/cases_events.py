"""What the rows of running events are opened with."""

from datetime import timedelta
from typing import Any

from communities import actions
from communities.models import Community, Event
from communities.telling import notices
from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.site.demo.world import DOMAIN
from tests.factories import communities as make


def cases() -> dict[str, dict[str, Any]]:
    by = UserActor(User.objects.get(email=f"ward-akiha@{DOMAIN}"))
    pitch_night = Event.objects.get(title="1分間ピッチの夜")
    actions.edit_event(by=by, event=pitch_night, takes_pitches=True)
    pitch = actions.enter_pitch(by=by, event=pitch_night, name="話す人", title="商店街で朝ごはん")
    with clock.at(clock.now() - timedelta(days=20)):
        over = make.event(Community.objects.get(name="「タイトル未定」"), by=by, starts_at=make.moment(2))
        party = make.registration(over)
    actions.hold_event(by=by, event=over)
    actions.report_event(by=by, event=over, result="顔を合わせました。", adults_count=12)
    photo = actions.add_event_photo(
        by=by, event=over, file=make.image(by), alt="輪になって話す人たち", consented=True
    )
    actions.set_survey(by=by, event=over)
    actions.set_sketch(by=by, event=over, file=make.image(by), alt="駅を出て左")
    return {
        "pitch": {"pk": pitch_night.pk, "pitch_pk": pitch.pk},
        "sketched event": {"pk": over.pk},
        "reported event": {"pk": over.pk},
        "report photo": {"pk": over.pk, "photo_pk": photo.pk},
        "survey": {"token": notices.survey_token(party)},
    }
