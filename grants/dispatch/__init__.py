"""Menu ①: advisors, and their dispatch to municipalities (workflows.md 'DISPATCH')."""
