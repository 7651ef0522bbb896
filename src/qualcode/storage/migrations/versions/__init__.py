"""One module per schema number; each is frozen once it was released."""
