"""What menu ① gives to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..dispatch import panels, papers, personal, queries
from ..dispatch import workflow as workflow  # its tables are the app's

for _kind in papers.KINDS:
    ports.document_kinds.register(_kind.key, _kind)
ports.visible.register("grants.dispatch", queries.visible_to)
ports.visible.register("grants.visit", queries.visits_visible_to)
ports.standings.register("grants.advisors", queries.standing_rows)
ports.panels.register("grants.dispatch", panels.panels)
ports.personal_data.register("grants.dispatch", personal.rows)
