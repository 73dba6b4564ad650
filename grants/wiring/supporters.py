"""What the student supporters give to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..supporters import panels, papers, personal, queries
from ..supporters import presenters as presenters
from ..supporters import workflow as workflow  # its tables are the app's

for _kind in papers.KINDS:
    ports.document_kinds.register(_kind.key, _kind)
ports.visible.register("grants.supporter", queries.register_of)
ports.visible.register("grants.supportrequest", queries.requests_visible_to)
ports.visible.register(
    "grants.placement", queries.received_placements
)  # whose mails name the student's address
ports.standings.register("grants.supporters", queries.standing_rows)
ports.panels.register("grants.supporters", panels.panels)
ports.personal_data.register("grants.supporters", personal.rows)
