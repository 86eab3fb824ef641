"""Every refusal there is, a family a file."""
