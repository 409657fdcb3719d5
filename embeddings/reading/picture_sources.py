"""Where pictures come from: a ZIP, a folder, or files in memory; listed first, then read one at a time."""

from __future__ import annotations

import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from embeddings.collection import LeftOut
from embeddings.errors import ReadError
from embeddings.images import Unreadable
from embeddings.reading.limits import Limits
from embeddings.reading.picture_names import is_nobodys, natural_order, shown, why_not
from embeddings.reading.wording import megabytes


class Member(NamedTuple):
    """One file of a source.

    Attributes:
        place: its number within the source.
        file: its path inside the source, with `/` between the parts.
    """

    place: int
    file: str


class Listing(NamedTuple):
    """What a source holds.

    Attributes:
        name: of the source, for the reader.
        members: files to be read, in their natural order.
        left_out: files that are not even tried.
    """

    name: str
    members: tuple[Member, ...]
    left_out: tuple[LeftOut, ...]


class PictureSource(ABC):
    """Files that may be pictures; used in a `with` block, which closes what is open."""

    name: str
    limits: Limits

    @abstractmethod
    def entries(self) -> Iterator[tuple[Member, str | None]]:
        """Every file, with the reason why it is not read, if there is one."""

    @abstractmethod
    def read(self, member: Member) -> bytes:
        """The content of one file; called from several threads.

        Raises:
            Unreadable: it cannot be had.
        """

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    def close(self) -> None:  # noqa: B027 - most sources hold nothing open
        """Close what is open."""

    def listing(self) -> Listing:
        """What there is.

        Raises:
            ReadError: there are too many files.
        """
        members: list[Member] = []
        left_out: list[LeftOut] = []
        for member, reason in self.entries():
            reason = reason or why_not(member.file)
            if reason is None:
                members.append(member)
            else:
                left_out.append(LeftOut(shown(member.file), reason))
            self.check_count(len(members) + len(left_out))
        return Listing(self.name, tuple(sorted(members, key=lambda found: natural_order(found.file))), tuple(left_out))

    def check_count(self, n: int) -> None:
        """Check the number of files found so far.

        Raises:
            ReadError: there are too many.
        """
        if n > self.limits.max_pictures:
            raise ReadError(f"“{self.name}” holds more than {self.limits.max_pictures:,} files; that many are read.")

    def check_size(self, member: Member, size: int) -> None:
        """Check the size of one file.

        Raises:
            Unreadable: it is too large.
        """
        most = self.limits.max_picture_bytes
        if size > most:
            raise Unreadable(member.file, f"is {megabytes(size)} large; at most {megabytes(most)} are read")


class FilesInMemory(PictureSource):
    """Picture files that were brought one by one."""

    def __init__(self, files: Sequence[tuple[str, bytes]], name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self._files = files

    def entries(self) -> Iterator[tuple[Member, str | None]]:
        """All files."""
        for place, (name, _) in enumerate(self._files):
            yield Member(place, name.replace("\\", "/").rsplit("/", 1)[-1]), None

    def read(self, member: Member) -> bytes:
        """The bytes of one."""
        data = self._files[member.place][1]
        self.check_size(member, len(data))
        return data


class Folder(PictureSource):
    """A folder with all that is below it; links that lead out of it are not followed."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.limits = limits
        self._root = path.resolve()
        self.name = shown(self._root.name or str(self._root))
        if not os.access(self._root, os.R_OK | os.X_OK):
            raise ReadError(f"The folder “{path}” cannot be opened.")

    def entries(self) -> Iterator[tuple[Member, str | None]]:
        """Every file that is not hidden, at any depth."""
        seen = 0
        for folder, folders, files in os.walk(self._root):
            folders[:] = sorted(name for name in folders if not is_nobodys(name))
            for name in files:
                path = Path(folder, name)
                file = path.relative_to(self._root).as_posix()
                if not is_nobodys(file):
                    yield Member(seen, file), self._why_not(path)
                    seen += 1

    def read(self, member: Member) -> bytes:
        """The file at its path, as long as it still lies in the folder."""
        path = self._root / member.file
        if reason := self._why_not(path):
            raise Unreadable(member.file, reason)
        try:
            with path.open("rb") as stream:
                self.check_size(member, os.fstat(stream.fileno()).st_size)
                return stream.read(self.limits.max_picture_bytes)
        except OSError as error:
            raise Unreadable(member.file, f"cannot be opened ({error.strerror or error})") from error

    def _why_not(self, path: Path) -> str | None:
        try:
            real = path.resolve(strict=True)
            if not real.is_relative_to(self._root):
                return "is a link that leads out of the folder"
            return None if stat.S_ISREG(real.stat().st_mode) else "is not a file"
        except (OSError, RuntimeError):
            return "is a link that leads nowhere"
