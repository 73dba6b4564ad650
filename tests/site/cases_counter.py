"""What the rows of an event's counter are opened with."""

from typing import Any

from communities.models import Event
from portal.site.demo.step_counter import TODAY


def cases() -> dict[str, dict[str, Any]]:
    return {"event today": {"pk": Event.objects.get(title=TODAY).pk}}
