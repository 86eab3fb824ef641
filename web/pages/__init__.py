"""The pages, one a file: each gathers what it shows and leaves the looks to its template."""
