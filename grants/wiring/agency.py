"""What the 委託先 of ① gives to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..agency import panels, papers, personal, queries
from ..agency import workflow as workflow  # its table is one of the app's
from ..agency.actions.statements import follow_payment
from ..payments import FOLLOWERS

for _kind in papers.KINDS:
    ports.document_kinds.register(_kind.key, _kind)
ports.visible.register("grants.agencystatement", queries.visible_to)
ports.panels.register("grants.agency", panels.panels)
ports.personal_data.register("grants.agency", personal.rows)
FOLLOWERS["grants.agencystatement"] = follow_payment
