"""What menu ④ gives to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..commission import panels, papers, personal, sweeping
from ..commission import presenters as presenters
from ..commission import workflow as workflow
from ..commission.queries import calls, panel, proposals, themes

ports.visible.register("grants.commissiontheme", themes.visible_to)
ports.personal_data.register("grants.commission", personal.rows)
ports.visible.register("grants.commissioncall", calls.received)  # whose mails name who sits and who asked
ports.sweepers.register("grants.commission", sweeping.close_calls)
ports.visible.register("grants.proposal", proposals.mailed)
ports.sweepers.register("grants.commission_reserves", sweeping.lapse_reserves)
for _kind in papers.KINDS:
    ports.document_kinds.register(_kind.key, _kind)
ports.panels.register("grants.commission", panels.panels)
ports.standings.register("grants.panel", panel.sitting)
