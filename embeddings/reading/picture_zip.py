"""ZIP archives of pictures: measured before anything is unpacked, one file unpacked at a time."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from embeddings.errors import ReadError
from embeddings.images import Unreadable
from embeddings.reading.limits import FREE_UNPACKED, Limits
from embeddings.reading.picture_names import is_nobodys
from embeddings.reading.picture_sources import Member, PictureSource
from embeddings.reading.wording import megabytes
from embeddings.reading.zip_members import BROKEN, packed_otherwise, unpack

_ENCRYPTED, _UTF8 = 0x1, 0x800
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_LONGEST_END = 65_557 + 20 + 56
# A directory of this many bytes a file has room for names of any sane length.
_ENTRY_BYTES = 1_000


class ZipArchive(PictureSource):
    """A ZIP in memory or on disk; names inside are only ever used as text."""

    def __init__(self, source: Path | bytes, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        try:
            self._stream: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
        except OSError as error:
            raise ReadError(f"“{name}” cannot be opened: {error.strerror or error}.") from error
        try:
            self._size = self._stream.seek(0, os.SEEK_END)
            self._check_sizes(limits.max_bytes if isinstance(source, bytes) else limits.max_archive_bytes)
            self._archive = zipfile.ZipFile(self._stream)
            self._infos = self._archive.infolist()
        except ReadError:
            self.close()
            raise
        except BROKEN as error:
            self.close()
            raise ReadError(f"“{name}” is not a ZIP archive, or it is damaged: {error}.") from error

    def close(self) -> None:
        """Close the archive's file."""
        self._stream.close()

    def entries(self) -> Iterator[tuple[Member, str | None]]:
        """Every file of the directory, once what all of them unpack to is known to be sane."""
        files = [(place, info) for place, info in enumerate(self._infos) if not info.is_dir()]
        found = [(Member(place, _file(info)), info) for place, info in files]
        found = [(member, info) for member, info in found if not is_nobodys(member.file)]
        if len(found) > self.limits.max_pictures:
            raise ReadError(f"“{self.name}” holds {len(found):,} files; at most {self.limits.max_pictures:,} are read.")
        self._check_unpacked(sum(info.file_size for _, info in found))
        if found and all(info.flag_bits & _ENCRYPTED for _, info in found):
            raise ReadError(f"“{self.name}” is encrypted; pack the pictures again without a password.")
        for member, info in found:
            yield member, _why_not(info)

    def read(self, member: Member) -> bytes:
        """One file, unpacked."""
        info = self._infos[member.place]
        self.check_size(member, info.file_size)
        try:
            return unpack(self._archive, info)
        except BROKEN as error:
            raise Unreadable(member.file, "is damaged inside the archive") from error

    def _check_sizes(self, most: int) -> None:
        if self._size > most:
            raise ReadError(f"“{self.name}” is {megabytes(self._size)} large; at most {megabytes(most)} can be read.")
        # Python makes an object for every entry that the directory promises, so its size is checked before.
        self._stream.seek(max(0, self._size - _LONGEST_END))
        tail = self._stream.read()
        end, end_64 = tail.rfind(_END), tail.rfind(_END_64)
        size = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
        if end_64 >= 0:
            size = max(size % 0xFFFFFFFF, int.from_bytes(tail[end_64 + 40 : end_64 + 48], "little"))
        if size > self.limits.max_pictures * _ENTRY_BYTES:
            raise ReadError(
                f"“{self.name}” holds far more than {self.limits.max_pictures:,} files; that many are read."
            )

    def _check_unpacked(self, size: int) -> None:
        most = max(FREE_UNPACKED, self.limits.max_ratio * self._size)
        if size > most:
            raise ReadError(
                f"“{self.name}” is {megabytes(self._size)} large but unpacks to {megabytes(size)}; at most "
                f"{megabytes(most)} are unpacked from an archive of this size."
            )


def _file(info: zipfile.ZipInfo) -> str:
    """The name of an entry; many programs write UTF-8 without saying so."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/")


def _why_not(info: zipfile.ZipInfo) -> str | None:
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link, and links are not followed"
    return "is encrypted" if info.flag_bits & _ENCRYPTED else packed_otherwise(info)
