"""What keeping organisations gives to the floors below: who sees them. Imported once by apps.py."""

from portal.kernel import ports

from ..queries.organisations import organisations_kept_by

ports.visible.register("communities.organisation", organisations_kept_by)
