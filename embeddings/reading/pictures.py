"""Collections of pictures: from a ZIP, a folder or single files, a few at a time, whatever of it can be read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path, PurePath

import pyarrow as pa

from embeddings.collection import Collection, LeftOut
from embeddings.errors import ReadError
from embeddings.images import KeptPicture, Unreadable, keep, summary, threads
from embeddings.items import Items
from embeddings.reading.limits import DEFAULT, Limits
from embeddings.reading.picture_names import labels_of, shown
from embeddings.reading.picture_sources import FilesInMemory, Folder, Listing, Member, PictureSource
from embeddings.reading.picture_zip import ZipArchive
from embeddings.reading.source import Request
from embeddings.reading.wording import megabytes, quoted, several

Files = Sequence[tuple[str, bytes]]
Outcome = KeptPicture | LeftOut


def read(request: Request) -> Collection:
    """Read an archive, a folder or one picture, as the name of the request's file or its path says."""
    if request.metadata is not None:
        raise ReadError(f"“{request.file.name}” holds pictures; labels go with .npy, .npz or .tsv vectors.")
    file = request.file
    if request.path is not None:
        source: Path | bytes | Files = request.path
    else:
        source = file.data if file.suffix == ".zip" else [(file.name, file.data)]
    with open_source(source, file.name, request.limits) as opened:
        return read_all(opened)


def read_images(files: Files, *, name: str, limits: Limits = DEFAULT) -> Collection:
    """Read several image files, given as names and bytes.

    Raises:
        ReadError: none of them can be read, or there are too many.
    """
    with open_source(files, name, limits) as opened:
        return read_all(opened)


def open_source(source: Path | bytes | Files, name: str, limits: Limits = DEFAULT) -> PictureSource:
    """A folder or a ZIP by its path, a ZIP by its bytes, or files with their names.

    Raises:
        ReadError: it cannot be opened.
    """
    if isinstance(source, bytes):
        return ZipArchive(source, name, limits)
    if isinstance(source, Path):
        return Folder(source, limits) if source.is_dir() else ZipArchive(source, name, limits)
    return FilesInMemory(source, name, limits)


def read_all(source: PictureSource) -> Collection:
    """The pictures of a source as a collection; what cannot be read is left out and said.

    Raises:
        ReadError: there is nothing that can be read, or too much.
    """
    listing = source.listing()
    return assemble(listing, list(keep_members(source, listing.members)), source.limits)


def keep_members(source: PictureSource, members: Sequence[Member]) -> Iterator[Outcome]:
    """Each file of a source as a picture to keep, or the reason why not; in order, decoded in parallel threads.

    Only a few files are in memory at once.
    """
    at_once = threads()
    waiting: deque[Future[Outcome]] = deque()
    with ThreadPoolExecutor(at_once, thread_name_prefix="picture") as pool:
        for member in members:
            waiting.append(pool.submit(_kept, source, member))
            if len(waiting) > 2 * at_once:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def assemble(listing: Listing, outcomes: Sequence[Outcome], limits: Limits = DEFAULT) -> Collection:
    """The collection of what was kept; one outcome for each member of the listing.

    Raises:
        ReadError: nothing was kept, or it comes to too many bytes.
    """
    kept = [
        (member.file, outcome)
        for member, outcome in zip(listing.members, outcomes, strict=True)
        if isinstance(outcome, KeptPicture)
    ]
    left_out = (*(outcome for outcome in outcomes if isinstance(outcome, LeftOut)), *listing.left_out)
    if not kept:
        raise ReadError(_nothing(listing.name, left_out))
    check_kept(sum(len(picture.data) for _, picture in kept), listing.name, limits)
    files, pictures = zip(*kept, strict=True)
    items = tuple(picture.data for picture in pictures)
    notes = (
        *_left_out_note(left_out),
        *summary(change for picture in pictures for change in picture.notes),
        *_again_note(len(items) - len(set(items))),
    )
    name = PurePath(listing.name).stem or listing.name
    return Collection(name, Items.of(items), _metadata(files, pictures), notes, left_out)


def check_kept(size: int, name: str, limits: Limits) -> None:
    """Check what the pictures of a collection come to.

    Raises:
        ReadError: it is too much.
    """
    if size > limits.max_kept_bytes:
        most = megabytes(limits.max_kept_bytes)
        raise ReadError(f"The pictures of “{name}” come to more than {most}, even made smaller; bring fewer of them.")


def _kept(source: PictureSource, member: Member) -> Outcome:
    try:
        return keep(source.read(member), name=member.file)
    except Unreadable as unreadable:
        return LeftOut(shown(member.file), unreadable.reason)


def _metadata(files: Sequence[str], pictures: Sequence[KeptPicture]) -> pa.Table:
    columns: dict[str, pa.Array] = {}
    labels = labels_of(files)
    if labels is not None:
        columns["label"] = pa.array(labels, pa.string())
    columns["file"] = pa.array([shown(file) for file in files], pa.string())
    columns["width"] = pa.array([picture.width for picture in pictures], pa.int64())
    columns["height"] = pa.array([picture.height for picture in pictures], pa.int64())
    return pa.table(columns)


def _nothing(name: str, left_out: Sequence[LeftOut]) -> str:
    if not left_out:
        return f"There are no pictures in “{name}”."
    first = left_out[0]
    if len(left_out) == 1:
        return f"“{first.file}” {first.reason}."
    return (
        f"“{name}” holds no picture that can be read; the first of {len(left_out):,} files, “{first.file}”, "
        f"{first.reason}."
    )


def _left_out_note(left_out: Sequence[LeftOut]) -> tuple[str, ...]:
    if not left_out:
        return ()
    names = quoted([file for file, _ in left_out[:3]])
    more = f" and {len(left_out) - 3:,} more" if len(left_out) > 3 else ""
    return (f"{several(len(left_out), 'file')} could not be read: {names}{more}.",)


def _again_note(again: int) -> tuple[str, ...]:
    verb = "occurs again and is" if again == 1 else "occur again and are"
    return (f"{several(again, 'picture')} {verb} kept.",) if again else ()
