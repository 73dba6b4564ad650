"""What the retention gives to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..retention import exports, personal
from ..retention import workflow as workflow  # its table is one of the app's

ports.export_kinds.register(exports.RETENTION.key, exports.RETENTION)
ports.personal_data.register("grants.retention", personal.rows)
