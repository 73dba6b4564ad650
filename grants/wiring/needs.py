"""What the needs survey gives to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from .. import needs as reads
from ..mails import needs
from ..papers.needs import KIND

ports.document_kinds.register(KIND.key, KIND)
ports.visible.register("grants.needsanswer", reads.visible_to)
ports.job_handlers.register("grants.tell_needs", needs.tell_survey)
