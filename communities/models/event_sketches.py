"""案内図: a picture that shows how to find the venue, for those who see it; the address stays for all."""

from django.db import models
from django.db.models import Q

from portal.kernel.fields import Line
from portal.kernel.models import Record, StoredFile

from .events import Event


class VenueSketch(Record):
    """The uploaded picture of one event's venue. `alt` says the way in words, so that nobody needs the picture."""

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, related_name="venue_sketch", verbose_name="催し"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="案内図")
    alt = Line("案内図の説明(見えない人のために)", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "案内図"
        constraints = [
            models.CheckConstraint(
                name="venuesketch_alt_not_empty",
                condition=~Q(alt=""),
                violation_error_message="案内図の説明を書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.alt
