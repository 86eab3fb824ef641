"""The evidence of one case in one file, which can be checked anywhere, without this program and without a network."""
