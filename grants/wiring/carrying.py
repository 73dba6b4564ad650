"""What carry-overs give to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..carrying import papers, personal
from ..carrying import workflow as workflow  # its table is one of the app's

for _kind in papers.KINDS:
    ports.document_kinds.register(_kind.key, _kind)
ports.personal_data.register("grants.carrying", personal.rows)
