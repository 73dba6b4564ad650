"""What all menus together put on people's desks. Imported once by apps.py."""

from portal.kernel import ports

from ..desk import cases

ports.desk_items.register("grants.cases", cases.items)
