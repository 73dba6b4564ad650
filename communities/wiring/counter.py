"""What the counter gives to the floors below: the job that reminds. Imported once by apps.py."""

from portal.kernel import ports

from ..telling import reminders

ports.job_handlers.register("communities.remind", reminders.remind)
