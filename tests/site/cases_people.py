"""What the rows of people and moderation are opened with."""

from typing import Any

from communities import actions
from communities.actions import exchanges as letters
from communities.mails.people import exchange_token
from communities.models import Community
from tests.factories import people as make


def cases() -> dict[str, dict[str, Any]]:
    """A person who opened everything to everybody, with a photo; a report and a hidden initiative of 秋葉区."""
    by = make.make.person(name="見本 ひらく")
    profile = make.profile(by, name="見本 ひらく", photo=make.photo(by))
    place = Community.objects.get(name="「タイトル未定」")
    officer = make.make.ward_officer(place.area_id)
    hidden = make.make.initiative(place)
    hiding = actions.hide_object(by=officer, subject="initiative", row=hidden, reason="見本の理由")
    shown = make.make.initiative(place)
    report = actions.report_object(by=by, subject="initiative", row=shown, reason="other")
    exchange = letters.write_to(by=make.make.person(), profile=profile, text="見本の連絡")
    return {
        "exchange": {"token": exchange_token(exchange, "recipient")},
        "person": {"pk": profile.pk},
        "hiding": {"pk": hiding.pk},
        "report": {"pk": report.pk},
        "reportable": {"kind": "initiative", "pk": shown.pk},
    }
