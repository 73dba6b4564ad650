"""What acquired property gives to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..assets import papers, personal, queries, sweeping
from ..assets import workflow as workflow  # its tables are the app's

for _kind in papers.KINDS:
    ports.document_kinds.register(_kind.key, _kind)
ports.visible.register("grants.disposal", queries.disposals_visible_to)
ports.sweepers.register("grants.assets", sweeping.end_limits)
ports.personal_data.register("grants.assets", personal.rows)
