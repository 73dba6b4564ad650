"""What menu ② gives to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..payments import FOLLOWERS
from ..workshop import hosting, lectures, panels, papers, personal, queries
from ..workshop import presenters as presenters
from ..workshop import workflow as workflow  # its table is one of the app's
from ..workshop.actions.paying import tell_lecturer

for _kind in papers.KINDS:
    ports.document_kinds.register(_kind.key, _kind)
ports.visible.register("grants.workshop", queries.seen_by_sides)
ports.keepers.register("grants.workshop", hosting.keeper)
ports.standings.register("grants.lecturers", lectures.standing_rows)
ports.panels.register("grants.workshop", panels.panels)
ports.panels.register("grants.lectures", panels.lecturing)
ports.personal_data.register("grants.workshop", personal.rows)
FOLLOWERS["grants.workshop"] = tell_lecturer
