"""Pictures: from any image file to what a collection keeps, and from there to pixels, thumbnails and sheets."""

from embeddings.images.changes import Change, summary
from embeddings.images.keeping import LONGEST_SIDE, SHORTER_SIDE, KeptPicture, keep, keep_any
from embeddings.images.opening import MOST_PIXELS, Unreadable
from embeddings.images.pixels import map_pictures, open_kept, threads
from embeddings.images.thumbnails import SHEET_CELLS, SHEET_COLUMNS, sheet, thumbnail

__all__ = [
    "LONGEST_SIDE",
    "MOST_PIXELS",
    "SHEET_CELLS",
    "SHEET_COLUMNS",
    "SHORTER_SIDE",
    "Change",
    "KeptPicture",
    "Unreadable",
    "keep",
    "keep_any",
    "map_pictures",
    "open_kept",
    "sheet",
    "summary",
    "threads",
    "thumbnail",
]
