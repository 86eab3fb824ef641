"""Reading a definition block by block: nodes come in, model parts and findings come out."""
