"""収支予算 as a spreadsheet: taken home, filled in without the portal, and brought back into the section's own form."""
