"""What belonging gives to the floors below: who sees invitations, the job that tells of an end. Imported once by apps.py."""

from portal.kernel import ports

from ..mails.ending import tell_dissolution
from ..queries.joining import invitations_visible_to

ports.visible.register("communities.invitation", invitations_visible_to)
ports.job_handlers.register("communities.tell_dissolution", tell_dissolution)
