"""Unpacking the files of a ZIP: only the two usual ways of packing, and never more than its directory announces."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

# All that `zipfile` raises for a damaged archive; RuntimeError is a password, NotImplementedError a method.
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, OSError, struct.error,
    NotImplementedError, RuntimeError,
)  # fmt: skip
# Of these two `zipfile` unpacks no more than it is asked for; of others a whole block at once, however large.
_USUAL = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_OTHERS = {9: "deflate64", zipfile.ZIP_BZIP2: "bzip2", zipfile.ZIP_LZMA: "lzma"}
_STEP = 1 << 18


def packed_otherwise(member: zipfile.ZipInfo) -> str | None:
    """How a file is packed that is not unpacked because of it, to go on after its name; None when it is unpacked."""
    if member.compress_type in _USUAL:
        return None
    packing = _OTHERS.get(member.compress_type, f"method {member.compress_type}")
    return f"is packed with {packing}; only ordinary ZIP files (stored or deflated) are unpacked"


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The content of one file, at most as many bytes as the directory announces.

    It is unpacked in steps, so that one that is really larger is found out, as damaged, a step too late at most.
    """
    content = bytearray()
    with archive.open(member) as stream:
        while step := stream.read(_STEP):
            content += step
    return bytes(content)
