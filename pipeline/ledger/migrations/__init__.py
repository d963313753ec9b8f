"""Alembic's folder: each revision brings a ledger's database one step forward."""
