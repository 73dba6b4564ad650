"""What 廃止 give to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..stopping import papers, personal
from ..stopping import workflow as workflow  # its table is one of the app's

for _kind in papers.KINDS:
    ports.document_kinds.register(_kind.key, _kind)
ports.personal_data.register("grants.stopping", personal.rows)
