"""一件書類: all papers of a file as one PDF, and copies of it with what may not be shown blacked out."""
