"""What working groups give to the floors below: search, and who sees them. Imported once by apps.py."""

from portal.kernel import ports

from ..queries.groups import group_hits, groups_visible_to

ports.visible.register("communities.workinggroup", groups_visible_to)
ports.search_sources.register("group", group_hits)
