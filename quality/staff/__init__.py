"""Who serves the system over time: committees and their members, focal persons, and people who leave."""
