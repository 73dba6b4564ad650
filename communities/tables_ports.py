"""What bringing tables in and taking lists out puts into the ports."""

from portal.kernel import ports

from . import queries
from .importing import KINDS

ports.visible.register("kernel.import", queries.imports_visible_to)
for _kind in KINDS:
    ports.import_kinds.register(_kind.key, _kind)
