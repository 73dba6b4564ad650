"""間接補助: what a municipality passes on to a コミプラ, as a file below its own. The prefecture settles with the municipality."""
