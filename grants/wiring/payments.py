"""What payments give to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..actions.paid_notices import tell_advisor
from ..payments import FOLLOWERS, desk, exports, papers, personal, queries
from ..payments import workflow as workflow  # its table is one of the app's

ports.visible.register("grants.payment", queries.visible_to)
ports.export_kinds.register(exports.PAYMENTS.key, exports.PAYMENTS)
ports.document_kinds.register(papers.NOTICE.key, papers.NOTICE)
ports.desk_items.register("grants.payments", desk.items)
ports.personal_data.register("grants.payments", personal.rows)
FOLLOWERS["grants.dispatch"] = tell_advisor
