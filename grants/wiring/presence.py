"""What presence gives to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from .. import sweeping
from ..personal import presence
from ..together import personal as together

ports.sweepers.register("grants.presences", sweeping.sweep_presences)
ports.sweepers.register("grants.typed", sweeping.sweep_typed)
ports.personal_data.register("grants.presence", presence.rows)
ports.personal_data.register("grants.together", together.rows)
