"""What 回覧板, calendars and saved searches fill into the ports of the lower floors. Imported once by apps.py."""

from portal.kernel import ports

from ..mine import feeds as mine_feeds
from ..papers import circular as circular_paper
from ..personal import feeds as personal_feeds
from ..telling import digests

ports.document_kinds.register(circular_paper.KIND, circular_paper.circular_kind())
ports.panels.register("communities.me_following", mine_feeds.panels)
ports.personal_data.register("communities.following", personal_feeds.personal_data)
ports.job_handlers.register(digests.JOB, digests.make_digest)
ports.sweepers.register("communities.digests", digests.wake_digests)
ports.mail_guards.register(digests.TEMPLATE, digests.still_to_send)
