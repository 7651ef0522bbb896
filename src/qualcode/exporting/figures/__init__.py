"""Figures for a paper, drawn as SVG whose text stays text, and turned into PNG."""
