"""The script that Streamlit runs at every click: it draws the requested page.

It has its own folder, because Streamlit treats a folder ``pages`` next to its script as pages of
an older kind and then does not find ours by their addresses.
"""

from __future__ import annotations

from qualcode.app import navigation

navigation.run()
