"""The catalogues of the app, and the core's sentences in its language."""
