"""Reading many pictures: chunk by chunk in the workers that read files, so that nobody waits behind an archive."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from embeddings.collection import Collection
from embeddings.images import KeptPicture
from embeddings.jobs.client import client, submit
from embeddings.jobs.cluster import READ
from embeddings.jobs.job import Job
from embeddings.reading.limits import DEFAULT
from embeddings.reading.picture_sources import Listing, Member
from embeddings.reading.pictures import Files, Outcome, assemble, check_kept, keep_members, open_source

CHUNK = 32
AHEAD = 2
URGENCY = 50


def read_pictures(source: Path | bytes | Files, name: str, job: Job) -> Collection:
    """The pictures of a ZIP, a folder or single files; what cannot be read is left out and said.

    Raises:
        ReadError: there is nothing that can be read, or too much.
        Cancelled: nobody waits any more.
    """
    job.enter("Looking at the files")
    # What was uploaded travels once, to where it is read; what is on disk is read where it lies.
    held = source if isinstance(source, Path) else client().scatter([source], workers=_readers(), hash=False)[0]
    listing: Listing = job.wait_for(submit(list_files, held, name, place=READ, urgency=URGENCY))
    job.enter("Reading the pictures", len(listing.members))
    return assemble(listing, _keep_in_chunks(held, listing, job))


def list_files(source: Path | bytes | Files, name: str) -> Listing:
    """Run by a worker: what a source holds."""
    with open_source(source, name) as opened:
        return opened.listing()


def keep_chunk(source: Path | bytes | Files, name: str, members: Sequence[Member]) -> list[Outcome]:
    """Run by a worker: some files of a source as pictures to keep, or the reasons why not."""
    with open_source(source, name) as opened:
        return list(keep_members(opened, members))


def _keep_in_chunks(held: Any, listing: Listing, job: Job) -> list[Outcome]:
    members = listing.members
    starts = iter(range(0, len(members), CHUNK))
    found: dict[int, list[Outcome]] = {}
    kept_bytes = 0

    def send(start: int) -> Any:
        return submit(keep_chunk, held, listing.name, members[start : start + CHUNK], place=READ, urgency=URGENCY)

    running = {send(start): start for start in islice(starts, AHEAD)}
    while running:
        for task in job.wait_for_any(list(running)):
            start = running.pop(task)
            found[start] = job.result_of(task)
            job.advance(len(found[start]))
            kept_bytes += sum(len(outcome.data) for outcome in found[start] if isinstance(outcome, KeptPicture))
            check_kept(kept_bytes, listing.name, DEFAULT)
            running |= {send(more): more for more in islice(starts, 1)}
    return [outcome for start in sorted(found) for outcome in found[start]]


def _readers() -> list[str] | None:
    known = client().scheduler_info(n_workers=-1)["workers"]
    return [address for address, worker in known.items() if READ in worker["resources"]][:1] or None
