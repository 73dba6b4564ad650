"""What the recovery of money gives to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..recovery import papers, personal, queries
from ..recovery import workflow as workflow  # its table is one of the app's

for _kind in papers.KINDS:
    ports.document_kinds.register(_kind.key, _kind)
ports.visible.register("grants.reclaim", queries.visible_to)
ports.personal_data.register("grants.recovery", personal.rows)
