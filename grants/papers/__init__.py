"""The papers that the authority issues: one module a family, each with its snapshot and its kind."""
