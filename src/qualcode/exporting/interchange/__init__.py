"""Files for other programs and other copies of the project."""
