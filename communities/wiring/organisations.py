"""What keeping organisations gives to the floors below: who sees them. Imported once by apps.py."""

from portal.kernel import ports

from ..queries.organisations import acting_for, interests_of, organisations_kept_by

ports.visible.register("communities.organisation", organisations_kept_by)
ports.standings.register("communities.organisations", acting_for)
ports.interests.register("communities.organisations", interests_of)
