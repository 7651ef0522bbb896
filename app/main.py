"""What Streamlit runs, again at every click: it draws the page that was asked for."""

from __future__ import annotations

from qualcode.app import navigation

navigation.run()
