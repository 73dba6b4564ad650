"""What the officer's day registers at the ports of lower floors. Done once, when the app is ready and imports this."""

from portal.kernel import ports

from .. import contact_subjects
from ..personal import officer as personal_officer

contact_subjects.register()
ports.personal_data.register("communities.officer", personal_officer.personal_data)
