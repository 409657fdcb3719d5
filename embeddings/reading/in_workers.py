"""Reading many pictures: chunk by chunk in the workers that read files, so that nobody waits behind an archive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from embeddings.collection import Collection
from embeddings.images import KeptPicture
from embeddings.jobs.client import hold, submit
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
    held = source if isinstance(source, Path) else hold(source, place=READ)
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
    found: dict[int, list[Outcome]] = {}
    kept_bytes = 0

    def send(start: int) -> Any:
        return submit(keep_chunk, held, listing.name, members[start : start + CHUNK], place=READ, urgency=URGENCY)

    for start, outcomes in job.each(range(0, len(members), CHUNK), send, ahead=AHEAD):
        found[start] = outcomes
        job.advance(len(outcomes))
        kept_bytes += sum(len(outcome.data) for outcome in outcomes if isinstance(outcome, KeptPicture))
        check_kept(kept_bytes, listing.name, DEFAULT)
    return [outcome for start in sorted(found) for outcome in found[start]]
