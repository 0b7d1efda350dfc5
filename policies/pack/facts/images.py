"""Names of container images."""

from __future__ import annotations


def image_name(image: str) -> str:
    """Name of an image without registry, owner, tag and digest: `docker.io/library/postgres:17` → `postgres`."""
    path = image.partition("@")[0].rpartition("/")[2]
    return path.partition(":")[0].lower()
