"""What the demo remembers about itself: which parts of its world were made, and when it first started."""

from django.db import models

from portal.kernel import clock


class DemoStep(models.Model):
    """One part of the demo's world that has been made. The world is dated relative to the first step's `done_at`."""

    name = models.CharField("部分", max_length=40, primary_key=True)
    done_at = models.DateTimeField("つくった日時", default=clock.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "見本のデータの部分"

    def __str__(self) -> str:
        return self.name
