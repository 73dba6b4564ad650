"""Events and communities for readers outside: calendars (iCal) and feeds (RSS)."""
