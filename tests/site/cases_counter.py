"""What the rows of an event's counter are opened with."""

from typing import Any

from communities.models import Event
from portal.site.demo.step_counter import TODAY


def cases() -> dict[str, dict[str, Any]]:
    today = Event.objects.get(title=TODAY)
    question = today.questions.order_by("place")[0]
    return {"event today": {"pk": today.pk}, "question": {"pk": today.pk, "question_pk": question.pk}}
