"""One neutral document value, and a writer of it for each format."""
