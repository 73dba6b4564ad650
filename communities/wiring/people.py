"""What people, letters and moderation give to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..mine import people as mine_people
from ..moderation import panels as moderation_panels
from ..personal import people as personal_people
from ..sweeping import people as sweeping_people

ports.sweepers.register("communities.exchanges", sweeping_people.sweep_exchanges)
ports.personal_data.register("communities.people", personal_people.personal_data)
ports.panels.register("communities.me_people", mine_people.panels)
ports.panels.register("communities.moderation", moderation_panels.panels)
