"""What presence gives to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from .. import sweeping
from ..personal import presence

ports.sweepers.register("grants.presences", sweeping.sweep_presences)
ports.personal_data.register("grants.presence", presence.rows)
