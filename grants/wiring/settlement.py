"""What the files after their decision give to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..settlement import papers, papers_changing, papers_status, personal

for _kind in (*papers.KINDS, *papers_changing.KINDS, papers_status.KIND):
    ports.document_kinds.register(_kind.key, _kind)
ports.personal_data.register("grants.settlement", personal.rows)
