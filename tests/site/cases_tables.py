"""Objects for the rows of tables brought in and lists taken out."""

from typing import Any

from portal.accounts.models import User
from portal.kernel import exports
from portal.kernel.actors import UserActor
from portal.site.demo import people
from portal.site.demo.world import DOMAIN
from tests.factories.imports import sent


def cases() -> dict[str, dict[str, Any]]:
    """A table that the officer of 秋葉区 sent."""
    by = UserActor(User.objects.get(email=f"ward-akiha@{DOMAIN}"))
    office = UserActor(User.objects.get(email=f"pref-officer@{DOMAIN}"))
    imported = sent("名前,フリガナ,ひとこと\n本の会,ホンノカイ,本を読む。\n", by=by, place=people.AKIHA)
    return {
        "template": {"kind": "communities", "ending": "xlsx"},
        "import": {"pk": imported.pk},
        "export list": {"kind": "communities"},
        "export platforms": {"kind": "platforms"},
        "export applications": {"kind": "applications"},
        "export execution": {"kind": "execution"},
        "export retention": {"kind": "retention"},
        "export of files": {
            "pk": exports.ask_for_export(by=office, kind="applications", form="csv", params={}).pk
        },
        "export": {"pk": exports.ask_for_export(by=by, kind="events", form="csv", params={}).pk},
    }
