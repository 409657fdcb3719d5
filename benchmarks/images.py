"""Encoding photographs as an upload does, from their files to vectors, against the plain loop of open_clip."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.figure import Measured
from benchmarks.photographs import photograph

Vectors = NDArray[np.float32]
PICTURES, PARTS, BATCH = 200, 4, 32
ARCHITECTURE = "ViT-B-32"
SHAPES = ((1632, 1224), (2272, 1704), (2560, 1920), (3264, 2448), (4000, 3000))


def run(folder: Path) -> tuple[Measured, ...]:
    """Seconds of both sides over the same files, part by part and in turns; then over the kept pictures alone."""
    from embeddings import embed, read
    from embeddings.encoders import load_encoder

    model = random_model(folder / "model")
    encoder, loop = load_encoder(f"local-dir:{model}"), PlainLoop(model)
    parts = photographs(folder / "photographs")
    # Loading ours has run it once already.
    loop(sorted(parts[0].iterdir())[:2])
    found = []
    for number, part in enumerate(parts):
        files, kept = sorted(part.iterdir()), read(part)
        opened = [BytesIO(item) for item in kept.items if isinstance(item, bytes)]
        pairs = [
            (lambda part=part: embed(read(part), encoder).vectors, lambda files=files: loop(files)),
            (lambda kept=kept: embed(kept, encoder).vectors, lambda opened=opened: loop(opened)),
        ]
        found.append([_pair(*pair, swapped=number % 2 == 1) for pair in pairs])
    return (
        Measured(*np.sum([both.times for both, _ in found], axis=0).tolist(), f"sum of {PARTS} parts"),
        Measured(*np.sum([both.times for _, both in found], axis=0).tolist(), f"sum of {PARTS} parts"),
        Measured(float(np.mean([both.cosine for both, _ in found])), None, "1"),
    )


class Pair(NamedTuple):
    """Seconds of ours and of the baseline over one part, and the mean cosine of their vectors."""

    times: tuple[float, float]
    cosine: float


def _pair(ours: Callable[[], Vectors], baseline: Callable[[], Vectors], *, swapped: bool) -> Pair:
    timed = [_timed(side) for side in ((baseline, ours) if swapped else (ours, baseline))]
    (seconds, vectors), (baseline_seconds, expected) = reversed(timed) if swapped else timed
    return Pair((seconds, baseline_seconds), float((vectors * expected).sum(axis=1).mean()))


def _timed(side: Callable[[], Vectors]) -> tuple[float, Vectors]:
    began = time.perf_counter()
    vectors = side()
    return time.perf_counter() - began, vectors


class PlainLoop:
    """What the documentation of open_clip does: open, preprocess, encode, 32 at a time."""

    def __init__(self, model: Path) -> None:
        import open_clip

        self._model, _, self._preprocess = open_clip.create_model_and_transforms(f"local-dir:{model}")
        self._model.eval()

    def __call__(self, files: Sequence[Path | BytesIO]) -> Vectors:
        """Vectors of length 1 of the pictures in some files."""
        import torch

        found = []
        with torch.inference_mode():
            for start in range(0, len(files), BATCH):
                batch = [self._preprocess(Image.open(file)) for file in files[start : start + BATCH]]
                found.append(self._model.encode_image(torch.stack(batch), normalize=True))
        vectors: Vectors = torch.cat(found).numpy()
        return vectors


def photographs(folder: Path) -> list[Path]:
    """Folders with all different JPEG files of 2 to 12 million pixels."""
    folders = [folder / str(part) for part in range(PARTS)]
    for part in folders:
        part.mkdir(parents=True)

    def write(number: int) -> None:
        width, height = SHAPES[number // PARTS % len(SHAPES)]
        (folders[number % PARTS] / f"{number:03}.jpg").write_bytes(photograph(number, width=width, height=height))

    with ThreadPoolExecutor() as pool:
        list(pool.map(write, range(PICTURES)))
    return folders


def random_model(folder: Path) -> Path:
    """A model of the usual architecture with random weights, as open_clip saves it."""
    import open_clip
    from open_clip.factory import get_model_config
    from safetensors.torch import save_file

    from embeddings.encoders.quiet import quiet

    folder.mkdir(exist_ok=True)
    with quiet():
        model = open_clip.create_model(ARCHITECTURE)
    save_file({name: tensor.contiguous() for name, tensor in model.state_dict().items()}, folder / "model.safetensors")
    settings = {"mean": open_clip.OPENAI_DATASET_MEAN, "std": open_clip.OPENAI_DATASET_STD}
    config = {"model_cfg": get_model_config(ARCHITECTURE), "preprocess_cfg": settings}
    (folder / "open_clip_config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder
