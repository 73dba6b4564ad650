"""What a government pays for its grants: ordered by an officer, entered as paid by the accountant. For every table."""

from collections.abc import Callable

FOLLOWERS: dict[
    str, Callable[..., None]
] = {}  # by `case_type`: what its case does (`by`, `payment`) once it is paid
