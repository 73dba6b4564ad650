"""Reminders of what is due: one sweep over a list of deadlines, each stage told once to the side that must act."""
