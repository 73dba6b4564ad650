"""What a government pays for its grants: ordered by an officer, entered as paid by the accountant. For every table."""
