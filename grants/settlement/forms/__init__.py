"""Forms of what follows a decision: parse, validate, hand to an action."""
