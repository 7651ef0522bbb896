"""Schema 4: two transcripts may have the same text."""

from alembic import op

revision = "4"
down_revision = "3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Look texts and files up by their hash, without asking that it is unique."""
    for column in ("sha256", "original_sha256"):
        op.drop_index(op.f(f"uq_transcripts_{column}"), table_name="transcripts")
        op.create_index(op.f(f"ix_transcripts_{column}"), "transcripts", [column], unique=False)
