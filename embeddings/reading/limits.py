"""How much a file may hold."""

import csv
from typing import NamedTuple

# Python's own bound on a field holds for the whole process; texts that are too long are refused in words.
csv.field_size_limit(1 << 30)
FREE_UNPACKED = 64_000_000


class Limits(NamedTuple):
    """The most that is read from one file; beyond it `read` refuses, it never cuts.

    Attributes:
        max_bytes: size of the file.
        max_items: items, or rows of a table.
        max_item_chars: characters of one text.
        max_columns: columns of a table, or components of a vector.
        max_values: rows times columns.
        max_ratio: how many times its own size a compressed file may unpack to, once past 64 MB.
        max_pictures: files in an archive, a folder or an upload of pictures.
        max_picture_bytes: size of one picture's file.
        max_archive_bytes: size of a ZIP of pictures on disk, which is never loaded whole.
        max_kept_bytes: what all pictures of a collection may come to, as they are kept.
    """

    max_bytes: int = 200_000_000
    max_items: int = 500_000
    max_item_chars: int = 100_000
    max_columns: int = 20_000
    max_values: int = 200_000_000
    max_ratio: int = 100
    max_pictures: int = 20_000
    max_picture_bytes: int = 100_000_000
    max_archive_bytes: int = 50_000_000_000
    max_kept_bytes: int = 1_000_000_000

    def unpacked(self, size: int) -> int:
        """How many bytes a compressed file of this size may unpack to."""
        return max(FREE_UNPACKED, min(self.max_ratio * size, 8 * self.max_values))


DEFAULT = Limits()
