"""Schema 3: which suggestions a coder was shown, and which were rejected."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of exposures and rejections."""
    op.create_table(
        "exposures",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("codes", sa.Text(), nullable=False, comment="their paths, best first"),
        sa.Column("suggester", sa.Text(), nullable=False),
        sa.Column("shown_at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["coder"], ["coders.name"], name=op.f("fk_exposures_coder")),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcripts.id"],
            name=op.f("fk_exposures_transcript_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exposures")),
    )
    op.create_index(
        op.f("ix_exposures_transcript_id"), "exposures", ["transcript_id"], unique=False
    )
    op.create_table(
        "rejections",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Text(), nullable=False),
        sa.Column("suggester", sa.Text(), nullable=False),
        sa.Column("rejected_at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["codes.id"], name=op.f("fk_rejections_code_id")),
        sa.ForeignKeyConstraint(["coder"], ["coders.name"], name=op.f("fk_rejections_coder")),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcripts.id"],
            name=op.f("fk_rejections_transcript_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejections")),
    )
    op.create_index(
        op.f("ix_rejections_transcript_id"), "rejections", ["transcript_id"], unique=False
    )
