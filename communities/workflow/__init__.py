"""The procedures of communities, as tables. `kernel.workflow` is the only door; nothing else assigns a state."""

from .collaborations import COLLABORATION
from .contacts import CONTACT
from .event_pitches import PITCH
from .events import EVENT
from .exchanges import EXCHANGE
from .groups import MEASURE
from .initiatives import INITIATIVE, PLATFORM
from .inquiries import INQUIRY
from .moderation import HIDING, REPORT
from .people import COMMUNITY, INVITATION, MEMBERSHIP
from .registrations import REGISTRATION
from .writing import ACTIVITY, POST

__all__ = [
    "ACTIVITY",
    "COLLABORATION",
    "COMMUNITY",
    "CONTACT",
    "EVENT",
    "EXCHANGE",
    "HIDING",
    "INITIATIVE",
    "INQUIRY",
    "INVITATION",
    "MEASURE",
    "MEMBERSHIP",
    "PITCH",
    "PLATFORM",
    "POST",
    "REGISTRATION",
    "REPORT",
]
