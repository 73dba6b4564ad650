"""What menu ④ gives to the floors below. """

from portal.kernel import ports

from ..commission import desk, personal
from ..commission import presenters as presenters
from ..commission import workflow as workflow
from ..commission.queries import themes

ports.visible.register("grants.commissiontheme", themes.visible_to)
ports.desk_items.register("grants.commission", desk.items)
ports.personal_data.register("grants.commission", personal.rows)
