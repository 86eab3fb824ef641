"""Pages are visited in the agency in which people come in and act."""

from tests.web.test_giving import agency

__all__ = ["agency"]
