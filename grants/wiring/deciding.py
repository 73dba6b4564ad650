"""What the decision of an application gives to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from .. import letters
from ..actions.batching import LETTERS
from ..papers import decisions
from ..personal import approving
from ..queries import approving as queries
from ..queries import letters as letter_queries

for kind in decisions.kinds():
    ports.document_kinds.register(kind.key, kind)

ports.visible.register("grants.approval", queries.visible_to)
ports.visible.register("grants.letterbatch", letter_queries.visible_to)
ports.personal_data.register("grants.approving", approving.rows)
ports.job_handlers.register(LETTERS, letters.make_letters)
