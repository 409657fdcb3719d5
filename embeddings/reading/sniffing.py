"""What a file's first bytes say it is, whatever its name says."""

from embeddings.errors import ReadError
from embeddings.reading.source import File

NUMPY, ZIP, PARQUET = b"\x93NUMPY", b"PK\x03\x04", b"PAR1"
_HEAD = 4096
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"%PDF-", "a PDF document; save its text as .txt first"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh9", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive; unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old Office document; save the sheet as CSV first"),
    (b"\x89HDF\r\n", "an HDF5 file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"ARROW1\x00\x00", "an Arrow file; save it as .parquet first"),
    (b"\xba\x16\x4f\x2f", "a fastText model; export its vectors as .vec first"),
    (b"\x7fELF", "a program"),
    (b"\x80\x02", "a Python pickle, which is never opened"),
    (b"\x80\x03", "a Python pickle, which is never opened"),
    (b"\x80\x04\x95", "a Python pickle, which is never opened"),
    (b"\x80\x05\x95", "a Python pickle, which is never opened"),
    (NUMPY, "a NumPy array; name it .npy"),
)


def looks_like(data: bytes) -> str | None:
    """What the bytes are in plain words, or None when they may be text."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP picture"
    if data.startswith(PARQUET) and data.endswith(PARQUET):
        return "a Parquet table; name it .parquet"
    if data.startswith(ZIP) or data.startswith(b"PK\x05\x06"):
        return _zip_kind(data[:_HEAD])
    return next((words for magic, words in _SIGNATURES if data.startswith(magic)), None)


def require(file: File, *magics: bytes, kind: str) -> None:
    """Check that a binary file starts as its suffix promises.

    Raises:
        ReadError: it does not.
    """
    if not file.data.startswith(magics):
        guess = looks_like(file.data)
        seems = f"it looks like {guess}" if guess else "its first bytes are those of something else"
        raise ReadError(f"“{file.name}” is not {kind}: {seems}.")


def require_text(file: File, *, table: bool = False) -> None:
    """Check that a text file is not a well-known binary one under a wrong name, nor a table a web page.

    Raises:
        ReadError: it is.
    """
    guess = looks_like(file.data)
    if guess is None and table and file.data[:256].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        guess = "a web page"
    if guess:
        raise ReadError(f"“{file.name}” is not a {file.suffix} file: it looks like {guess}.")


def _zip_kind(head: bytes) -> str:
    if b"xl/" in head or b"[Content_Types].xml" in head:
        return "an Office document; save it as CSV or text first"
    return "a NumPy archive; name it .npz" if b".npy" in head else "a ZIP archive; unpack it first"
