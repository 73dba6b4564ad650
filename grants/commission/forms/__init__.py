"""Forms of menu ④: parse, validate, hand to an action."""
