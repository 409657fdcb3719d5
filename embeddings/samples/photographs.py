"""The ready collection of photographs, shipped inside scikit-image, and pieces of them."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from itertools import product
from pathlib import Path

import pyarrow as pa
from PIL import Image
from PIL.Image import Image as Picture

from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.images.colours import plain
from embeddings.items import Items

# Captions are ours; who took the photographs stands in docs/licences.md.
CAPTIONS = {
    "astronaut.png": "an astronaut in an orange suit in front of a flag",
    "brick.png": "a brick wall",
    "camera.png": "a man looking through a camera on a tripod",
    "cell.png": "a single cell under a microscope",
    "chelsea.png": "a ginger cat looking into the camera",
    "clock_motion.png": "a wall clock, blurred by motion",
    "coffee.png": "a cup of coffee with a spoon on a wooden table",
    "coins.png": "rows of ancient Greek coins",
    "grass.png": "grass",
    "gravel.png": "gravel",
    "hubble_deep_field.jpg": "hundreds of galaxies in deep space",
    "ihc.png": "stained tissue under a microscope",
    "moon.png": "craters on the surface of the moon",
    "motorcycle_left.png": "a motorcycle in a garage, seen from the left",
    "motorcycle_right.png": "a motorcycle in a garage, seen from the right",
    "page.png": "a page of printed text",
    "retina.jpg": "the inside of a human eye",
    "rocket.jpg": "a rocket taking off at night",
    "text.png": "handwriting on a sheet of paper",
}
PARTS = {
    (row, column): f"{vertical} {horizontal}".replace("middle middle", "middle")
    for (row, vertical), (column, horizontal) in product(
        enumerate(("top", "middle", "bottom")), enumerate(("left", "middle", "right"))
    )
}
WHOLE = "whole"
WHOLE_SIDE, PART_SIDE = 512, 256
QUALITY = 90


def photographs(title: str) -> Collection:
    """Each photograph whole, then nine pieces of it, each half as wide and high and overlapping the next by half.

    Columns: photograph, part, file, caption.

    Raises:
        EmbeddingError: scikit-image is not installed.
    """
    folder = _folder()
    items: list[bytes] = []
    rows: list[dict[str, str]] = []
    for file, caption in CAPTIONS.items():
        with Image.open(folder / file) as picture:
            photograph = plain(picture, 1).picture
        name = Path(file).stem.replace("_", " ")
        items.append(_jpeg(photograph, WHOLE_SIDE))
        rows.append({"photograph": name, "part": WHOLE, "file": file, "caption": caption})
        for place, part in PARTS.items():
            items.append(_jpeg(_piece(photograph, *place), PART_SIDE))
            rows.append({"photograph": name, "part": part, "file": file, "caption": f"{part} of {caption}"})
    return Collection(title, Items.of(items), pa.Table.from_pylist(rows))


def _piece(photograph: Picture, row: int, column: int) -> Picture:
    width, height = photograph.size
    left, top = column * width // 4, row * height // 4
    return photograph.crop((left, top, left + width // 2, top + height // 2))


def _jpeg(picture: Picture, side: int) -> bytes:
    scale = min(1.0, side / min(picture.size))
    size = (round(scale * picture.width), round(scale * picture.height))
    small = picture if scale == 1 else picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    buffer = BytesIO()
    small.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


def _folder() -> Path:
    # Only the files are needed: importing scikit-image takes time.
    spec = find_spec("skimage")
    if spec is None or spec.origin is None:
        raise EmbeddingError(
            "The photographs ship inside scikit-image, which is not installed: pip install scikit-image."
        )
    return Path(spec.origin).parent / "data"
