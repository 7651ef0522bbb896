"""The pages of the qualcode app (to come)."""
