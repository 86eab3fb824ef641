"""The pages people read in a browser."""
