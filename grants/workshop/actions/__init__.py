"""Writes of menu ②. The decision and what follows from it stand in `grants.actions.workshop_deciding`."""
