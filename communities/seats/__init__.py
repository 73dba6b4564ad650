"""Seats of an event: who holds the lock, until when an offer stands, how a lottery is drawn."""
