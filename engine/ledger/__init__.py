"""What makes the log a ledger: a tree over the heads of all cases, signed, and kept where the database is not."""
