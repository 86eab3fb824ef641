"""Those who keep the contract of a store: in memory, and in SQL."""
