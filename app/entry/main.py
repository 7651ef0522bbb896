"""What Streamlit runs, again at every click: it draws the page that was asked for.

In a folder of its own: Streamlit takes a folder ``pages`` beside its script for pages of its own
kind, and would not know ours by their addresses.
"""

from __future__ import annotations

from qualcode.app import navigation

navigation.run()
