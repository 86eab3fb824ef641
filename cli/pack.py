"""The management-review pack, written to files."""
