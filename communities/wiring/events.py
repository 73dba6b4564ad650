"""What events give to the floors below: their jobs, and what they know of a person. Imported once by apps.py."""

from portal.kernel import ports

from .. import event_jobs
from ..personal import events as personal_events
from ..telling import notices

ports.job_handlers.register("communities.tell_notice", notices.tell_notice)
ports.job_handlers.register("communities.publish_event", event_jobs.publish_due)
ports.job_handlers.register("communities.thank", notices.thank)
ports.personal_data.register("communities.events", personal_events.personal_data)
