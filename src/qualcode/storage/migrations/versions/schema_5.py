"""Schema 5: cases take part as speakers, attributes have three levels, rows have check sums."""

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = "4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns: nobody said yet who a case is, and the roles in use count as confirmed."""
    for table, name in (
        ("transcripts", "attributes"),
        ("case_transcripts", "speakers"),
        ("case_transcripts", "attributes"),
    ):
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default="[]"))
    # Their words were counted by these roles so far; figures must not change by the migration.
    confirmed = sa.Boolean(name="confirmed")
    op.add_column(
        "speakers", sa.Column("confirmed", confirmed, nullable=False, server_default=sa.true())
    )
    # Filled after the migration, like the sums: see database.migrate.
    op.add_column(
        "events",
        sa.Column(
            "chain",
            sa.String(64),
            nullable=False,
            server_default="",
            comment="hash of this and all events before",
        ),
    )
    op.create_table(
        "row_sums",
        sa.Column("table_name", sa.String(32), nullable=False),
        sa.Column("row_key", sa.Text(), nullable=False),
        sa.Column("sum", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_key", name=op.f("pk_row_sums")),
    )
    _make_tables_of_corrections()
    # What an embedding model made of texts, by their hash.
    op.create_table(
        "vectors",
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("model", "key", name=op.f("pk_vectors")),
    )


def _make_tables_of_corrections() -> None:
    """Make the tables of earlier texts, of codings to confirm and of withdrawn texts."""
    op.create_table(
        "text_versions",
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("replaced_at", sa.String(32), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcripts.id"],
            name=op.f("fk_text_versions_transcript_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("transcript_id", "number", name=op.f("pk_text_versions")),
    )
    op.create_table(
        "unconfirmed",
        sa.Column("coding_id", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding_id"],
            ["codings.id"],
            name=op.f("fk_unconfirmed_coding_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("coding_id", name=op.f("pk_unconfirmed")),
    )
    op.create_table(
        "withdrawn_texts",
        sa.Column("sha256", sa.String(64), nullable=False, comment="of a text or of its file"),
        sa.Column("withdrawn_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_withdrawn_texts")),
    )
