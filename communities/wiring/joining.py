"""What invitations give to the floors below: who sees them. Imported once by apps.py."""

from portal.kernel import ports

from ..queries.joining import invitations_visible_to

ports.visible.register("communities.invitation", invitations_visible_to)
