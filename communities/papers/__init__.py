"""Papers of the communities: what each needs, and how it becomes a PDF."""
