"""③ after its decision: changes, the result, inspection, 額の確定, invoices, the end of the file (workflows.md SUBSIDY)."""
