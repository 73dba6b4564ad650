"""What seats fill into the ports of the lower floors. Imported once by apps.py."""

from portal.kernel import ports

from .. import sweeping
from ..telling import lotteries

ports.sweepers.register("communities.offers", sweeping.sweep_expired_offers)
ports.job_handlers.register("communities.tell_lottery", lotteries.tell_lottery)
