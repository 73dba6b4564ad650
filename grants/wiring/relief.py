"""What missed deadlines give to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..relief import mails, personal, queries
from ..relief import workflow as workflow  # its table is one of the app's
from ..relief.actions import TELL

ports.visible.register("grants.admission", queries.visible_to)
ports.job_handlers.register(TELL, mails.tell_extension)
ports.personal_data.register("grants.relief", personal.rows)
