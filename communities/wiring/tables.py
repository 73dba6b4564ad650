"""What bringing tables in and taking lists out puts into the ports. Imported once by apps.py."""

from portal.kernel import ports

from .. import exporting, importing, queries
from ..personal import tables as personal_tables

ports.visible.register("kernel.import", queries.imports_visible_to)
ports.visible.register("kernel.export", queries.exports_visible_to)
ports.personal_data.register("communities.tables", personal_tables.personal_data)
for _kind in importing.KINDS:
    ports.import_kinds.register(_kind.key, _kind)
for _list in exporting.KINDS:
    ports.export_kinds.register(_list.key, _list)
