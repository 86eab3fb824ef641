"""How the tables of a release become those of the next: scripts that Alembic runs, oldest first."""
