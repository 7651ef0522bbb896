"""The steps from one schema of a project to the next, run by Alembic."""
