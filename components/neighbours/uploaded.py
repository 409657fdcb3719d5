"""A picture that a visitor brings as an example."""

from __future__ import annotations

import hashlib

from components.chosen_files import chosen_file
from components.work import wait_for
from embeddings.jobs import tasks
from embeddings.jobs.client import submit_urgent
from embeddings.jobs.job import Job

TYPES = ["png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff"]


def uploaded_picture(key: str) -> bytes | None:
    """The picture chosen here, as it would be kept in a collection; None while there is none.

    Raises:
        ReadError: the file is not a picture that can be read.
    """
    file = chosen_file("A picture", TYPES, key=key)
    return None if file is None else _kept(file.name, file.data)


def _kept(name: str, data: bytes) -> bytes:
    def keep(job: Job) -> bytes:
        job.enter("Reading your picture")
        kept: bytes = job.wait_for(submit_urgent(tasks.keep_picture, data, name))
        return kept

    return wait_for(f"kept picture|{hashlib.blake2b(data, digest_size=16).hexdigest()}|{name}", keep)
