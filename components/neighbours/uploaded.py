"""A picture that a visitor brings as an example."""

from __future__ import annotations

from components.kit.ask import ask, asking_as
from components.kit.files import chosen_file

TYPES = ["png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff"]


def uploaded_picture(key: str) -> bytes | None:
    """The picture chosen here, as it would be kept in a collection; None while there is none.

    Raises:
        ReadError: the file is not a picture that can be read.
    """
    file = chosen_file("A picture", TYPES, key=key)
    if file is None:
        return None
    kept: bytes = ask(asking_as(file.id, "picture", file.data, name=file.name)).data
    return kept
