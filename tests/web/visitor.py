"""The client that visits the site in tests."""

import warnings

with warnings.catch_warnings():
    # Starlette would rather have httpx's successor; what it does with this one is the same.
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

__all__ = ["TestClient"]
