"""Random damage to sound files: each either still reads or is refused in words, and never anything else."""

import io
import random

import numpy as np
import pytest

from embeddings.errors import EmbeddingError
from embeddings.reading import guess, read

# NumPy warns when a damaged header looks like one of Python 2.
pytestmark = pytest.mark.filterwarnings("ignore:Reading `.npy` or `.npz` file required:UserWarning")

VECTORS = np.random.default_rng(0).standard_normal((3, 4)).astype(np.float32)
SPLINTERS = [b"\n", b"\r", b'"', b",", b"\t", b";", b"\0", b"\xff", b"nan", b"1e999", b"[", b"{", b"9" * 25, b" ", b"-"]


def saved(save, *arrays, **named) -> bytes:
    buffer = io.BytesIO()
    save(buffer, *arrays, **named)
    return buffer.getvalue()


SOUND = {
    "a.txt": "one\ntwo é\nthree\n".encode(),
    "b.txt": "one\ntwo é\n".encode("utf-16"),
    "a.csv": b'text,n,day\nhello there,1,2020-01-01\n"quo""ted",2,2021-01-01\nthird,3,\n',
    "a.tsv": b"1\t2\n3\t4\n",
    "a.jsonl": b'{"text":"a","v":[1,2.5]}\n{"text":"b","v":[1,2]}\n',
    "a.npy": saved(np.save, VECTORS),
    "a.npz": saved(np.savez_compressed, vectors=VECTORS, words=np.array(["a", "b", "c"])),
    "a.vec": b"2 3\na 1 2 3\nb 4 5 6\n",
    "a.bin": b"2 4\na " + VECTORS[0].tobytes() + b"\nb " + VECTORS[1].tobytes() + b"\n",
}


def damaged(data: bytes, generator: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(generator.randint(1, 5)):
        place = generator.randrange(len(broken) + 1)
        match generator.randrange(4):
            case 0:
                broken[place : place + 1] = bytes([generator.randrange(256)])
            case 1:
                broken[place:place] = generator.choice(SPLINTERS)
            case 2:
                del broken[place : place + generator.randint(1, 8)]
            case _:
                start = generator.randrange(len(broken) + 1)
                broken[place:place] = broken[start : start + 20]
    return bytes(broken)


@pytest.mark.parametrize("name", SOUND)
def test_damage_is_refused_in_words(name):
    generator = random.Random(name)
    read(SOUND[name], name=name)
    refusals: list[str] = []
    for _ in range(250):
        data = damaged(SOUND[name], generator)
        for understand in (read, guess):
            try:
                understand(data, name=name)
            except EmbeddingError as error:
                refusals.append(str(error))
    assert refusals
    assert all(len(message) > 15 for message in refusals)
