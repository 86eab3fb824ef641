"""One script a release that changed its tables."""
