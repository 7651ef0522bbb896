"""What stands in a report: quotes, theme summaries, agreement, and how it was made."""
