"""What is told to people by itself: to registrants of an event, before it, by digest, by telephone. Once each."""
