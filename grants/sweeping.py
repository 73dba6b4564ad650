"""What the kernel's sweep does for the grants."""

from portal.kernel.actors import JobActor

from .actions.presence import forget_presences
from .together.actions import forget_typed


def sweep_presences() -> tuple[str, int]:
    """For the kernel's sweep: what was taken away, in words."""
    return "申請を開いていた記録", forget_presences(by=JobActor("sweep"))


def sweep_typed() -> tuple[str, int]:
    """For the kernel's sweep: what was set aside a year ago and never settled, in words."""
    return "取り置いたままの入力", forget_typed(by=JobActor("sweep"))
