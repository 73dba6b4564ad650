"""Writes of the student supporters: the register, what is asked for, who is matched, the days and the report."""
