"""What reminders give to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..reminding import sweeping

ports.sweepers.register("grants.deadlines", sweeping.remind)
