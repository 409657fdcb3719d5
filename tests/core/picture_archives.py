"""ZIP archives of pictures, sound and spoilt, and what was left out of them."""

import zipfile

from pictures import plain, zipped

from embeddings.reading import read

GOOD = plain("red")
OTHER = plain("blue")


def archive(files, name="x.zip", **options):
    return read(zipped(files), name=name, **options)


def left_out(collection):
    return dict(collection.left_out)


def entry(name, mode=0o100644, flags=0):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.flag_bits |= flags
    return info


def encrypting(data, only=b""):
    """Set the mark of encryption in the directory and in front of each file (or of one)."""
    data = bytearray(data)
    for magic, offset, name_at in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        place = data.find(magic)
        while place >= 0:
            if not only or data[place + name_at :].startswith(only):
                data[place + offset] |= 1
            place = data.find(magic, place + 4)
    return bytes(data)
