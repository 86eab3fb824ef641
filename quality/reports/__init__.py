"""Reports that agencies owe: kinds, routes and days as data, figures frozen at a cut-off, summed on their way up."""
