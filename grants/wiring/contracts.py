"""What contracts give to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..contracts import papers, personal, queries
from ..contracts import presenters as presenters
from ..contracts import workflow as workflow  # its table is one of the app's
from ..contracts.actions.ending import follow_payment
from ..payments import FOLLOWERS

for _kind in papers.KINDS:
    ports.document_kinds.register(_kind.key, _kind)
ports.visible.register("grants.contract", queries.received)  # whose mails name the contractor's people
ports.visible.register("grants.amendment", queries.received_amendments)
ports.personal_data.register("grants.contracts", personal.rows)
FOLLOWERS["grants.contract"] = follow_payment
