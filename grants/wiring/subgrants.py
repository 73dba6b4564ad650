"""What 間接補助 gives to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..subgrants import panels, papers, personal, queries
from ..subgrants import workflow as workflow  # its table is one of the app's

for _kind in papers.KINDS:
    ports.document_kinds.register(_kind.key, _kind)
ports.visible.register("grants.subgrant", queries.mailed)
ports.standings.register("grants.subgrants", queries.standing_rows)
ports.panels.register("grants.subgrants", panels.panels)
ports.personal_data.register("grants.subgrants", personal.rows)
