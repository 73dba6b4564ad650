"""What 事前着手届 give to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..early import papers, personal
from ..early import workflow as workflow  # its table is one of the app's

ports.document_kinds.register(papers.KIND.key, papers.KIND)
ports.personal_data.register("grants.early", personal.rows)
