"""What the needs survey gives to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..mails import needs

ports.job_handlers.register("grants.tell_needs", needs.tell_survey)
