"""What 一件書類 and 黒塗り give to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..dossier import blacking, making, personal
from ..dossier import workflow as workflow  # its table is one of the app's
from ..dossier.actions import MAKE_DOSSIER, MAKE_REDACTION

ports.job_handlers.register(MAKE_DOSSIER, making.make)
ports.job_handlers.register(MAKE_REDACTION, blacking.make)
ports.personal_data.register("grants.dossier", personal.rows)
