"""What the kernel's sweep does for the grants."""

from portal.kernel.actors import JobActor

from .actions.presence import forget_presences


def sweep_presences() -> tuple[str, int]:
    """For the kernel's sweep: what was taken away, in words."""
    return "申請を開いていた記録", forget_presences(by=JobActor("sweep"))
