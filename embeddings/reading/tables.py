"""Tables of every format: loaded, then turned into a collection or a space."""

from __future__ import annotations

from embeddings.collection import Collection
from embeddings.errors import ReadError
from embeddings.reading import delimited, jsonl, parquet, projector
from embeddings.reading.columns import to_result
from embeddings.reading.decoding import Decoded, decode
from embeddings.reading.loaded import Loaded
from embeddings.reading.sniffing import require_text
from embeddings.reading.source import Request
from embeddings.space import Space

LOADERS = {".jsonl": jsonl.load, ".ndjson": jsonl.load, ".parquet": parquet.load}


def load(request: Request) -> Loaded | Space:
    """The table as it is in the file; a space when a delimited file holds nothing but numbers."""
    if request.file.suffix not in LOADERS:
        return _load_delimited(request)
    if request.file.suffix != ".parquet":
        require_text(request.file, table=True)
    _refuse_second_file(request)
    return LOADERS[request.file.suffix](request)


def read(request: Request) -> Collection | Space:
    """Read a table, or the vectors of the projector's pair."""
    loaded = load(request)
    return to_result(request, loaded) if isinstance(loaded, Loaded) else loaded


def _load_delimited(request: Request) -> Loaded | Space:
    require_text(request.file, table=True)
    decoded: Decoded = decode(request.file)
    delimiter = projector.delimiter_of_numbers(decoded.text)
    if delimiter is not None and (request.metadata is not None or request.text_column is None):
        return projector.read(request, decoded, delimiter)
    _refuse_second_file(request)
    return delimited.parse(decoded, request)


def _refuse_second_file(request: Request) -> None:
    if request.metadata is not None:
        raise ReadError(
            f"“{request.file.name}” is not a file of vectors only, so the labels in “{request.metadata.name}” "
            "have nothing to belong to."
        )
