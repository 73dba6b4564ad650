"""Where a menu keeps its 決裁 and 文書番号, matter by matter, and who signs what is kept here."""

from django.db import models

from grants.enums import Keeping
from grants.enums.approving import Matter


class KeptByMatter(models.Model):
    """`approval` and `numbering` are the menu's own; `matter_keeping` says for which matters it is otherwise.

    {matter: {"approval": …, "numbering": …}}; what is not in it is as the menu. `approval_steps`: who signs in which order,
    [{"role", "section", "section_name", "title", "kind"}].
    """

    approval = models.CharField("決裁", max_length=10, choices=Keeping, default=Keeping.EXTERNAL)
    numbering = models.CharField("文書番号", max_length=10, choices=Keeping, default=Keeping.EXTERNAL)
    matter_keeping = models.JSONField("決裁の内容ごとのありか", default=dict, blank=True)
    approval_steps = models.JSONField("決裁の順", default=list, blank=True)

    class Meta:
        abstract = True

    def approval_of(self, matter: Matter) -> Keeping:
        """Where the 決裁 of `matter` is kept."""
        return Keeping(self.matter_keeping.get(matter, {}).get("approval") or self.approval)

    def numbering_of(self, matter: Matter) -> Keeping:
        """Where the 文書番号 of `matter` is given."""
        return Keeping(self.matter_keeping.get(matter, {}).get("numbering") or self.numbering)
