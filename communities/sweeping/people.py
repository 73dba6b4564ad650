"""What runs out among people: messages that nobody added to for a year."""

from portal.kernel.actors import JobActor

from ..actions.exchanges import purge_exchanges


def sweep_exchanges() -> tuple[str, int]:
    """Delete them, a batch at a time."""
    return "exchanges", purge_exchanges(by=JobActor("sweep"))
