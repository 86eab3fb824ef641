"""What runs by itself: thin Prefect flows over the plain functions of the lower floors."""

from workflows.settings import apply

apply()
