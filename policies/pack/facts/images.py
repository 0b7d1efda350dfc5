"""Names of container images."""

from __future__ import annotations


def image_name(image: str) -> str:
    """Name of an image without registry, owner, tag and digest: `docker.io/library/postgres:17` → `postgres`."""
    return image_names(image)[-1]


def image_names(image: str) -> tuple[str, ...]:
    """The ends of an image's path without tag and digest: some publishers put the product before a word as `server`."""
    return tuple(part.partition(":")[0].lower() for part in image.partition("@")[0].split("/")[-2:])
