"""What runs out among people: messages that nobody added to for a year."""

from portal.kernel.actors import JobActor

from ..actions.exchanges import purge_exchanges


def sweep_exchanges() -> tuple[str, int]:
    """For the kernel's sweep: what was deleted, in words."""
    return "保存期間が過ぎたやりとり", purge_exchanges(by=JobActor("sweep"))
