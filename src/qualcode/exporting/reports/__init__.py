"""The content of reports: quotes, theme summaries, agreement, and how it was made."""
