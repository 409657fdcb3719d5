"""What all models of pictures share: decoding beside the model, their own preprocessing, the number format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
import torch
from PIL import Image
from PIL.Image import Image as Picture
from torch import Tensor, nn
from torchvision.transforms import Compose

from embeddings.encoders.base import Vectors
from embeddings.encoders.hardware import best_hardware
from embeddings.encoders.inspection import View
from embeddings.encoders.views import Seen, middle_of_strip, narrowed, view_of
from embeddings.images import map_pictures, open_kept

BATCHES = {"cpu": 32, "cuda": 128}
# Below this mean cosine with float32, 16 bits are not used.
LEAST_COSINE = 0.999


class Preprocess:
    """A model's own transforms, split into those that draw and those that make numbers of the drawing."""

    def __init__(self, transform: Any) -> None:
        """Split the transforms, which must begin with a picture and end with a tensor.

        Args:
            transform: a `Compose` of torchvision, as timm and open_clip make it.
        """
        self._drawing, self.side = _drawing_steps(transform.transforms)
        self._numbers = Compose(transform.transforms[len(self._drawing) :])

    def seen(self, picture: Picture) -> Seen:
        """A picture after crop and resize, before it becomes numbers."""
        seen = middle_of_strip(picture)
        for step in self._drawing:
            before, after = seen.picture, step(seen.picture)
            if "Crop" in type(step).__name__:
                padded = seen.padded or after.width > before.width or after.height > before.height
                seen = Seen(after, narrowed(seen.box, before.size, after.size), padded)
            else:
                seen = seen._replace(picture=after)
        return seen

    def tensor(self, picture: Picture) -> Tensor:
        """What the model reads of a picture, shape (3, height, width)."""
        numbers: Tensor = self._numbers(self.seen(picture).picture)
        return numbers

    def batch(self, items: Sequence[bytes]) -> Tensor:
        """What the model reads of kept pictures, shape (n, 3, height, width)."""
        return torch.stack(map_pictures(items, self.tensor, at_least=self.side))

    def view(self, item: bytes) -> View:
        """What the model sees of a kept picture."""
        picture = open_kept(item, at_least=self.side)
        return view_of(self.seen(picture), picture.size)


def _drawing_steps(steps: Sequence[Callable[[Any], Any]]) -> tuple[list[Callable[[Any], Any]], int]:
    """The steps that give pictures, and the longest side any of them makes of a small square."""
    picture: Any = Image.new("RGB", (32, 32))
    side = 1
    for count, step in enumerate(steps):
        picture = step(picture)
        if isinstance(picture, Tensor):
            return list(steps[:count]), side
        side = max(side, *picture.size)
    raise ValueError("the transforms must end with a tensor")


class Running(NamedTuple):
    """A model on its device in the number format it runs in.

    Attributes:
        model: ready to run.
        device: where.
        dtype: of weights and pictures.
        layout: of pictures in memory.
        cosine: mean cosine with float32 on sample inputs, 1.0 when it runs in float32.
        scale: what its cosines are multiplied by before a softmax or sigmoid, learnt in training; 0 where it has none.
        bias: what is then added before a sigmoid (SigLIP); None for a model that learnt by softmax.
    """

    model: Any
    device: str
    dtype: torch.dtype
    layout: torch.memory_format
    cosine: float = 1.0
    scale: float = 0.0
    bias: float | None = None

    def pictures(self, tensor: Tensor) -> Tensor:
        """Pictures in the model's number format, on its device."""
        return tensor.to(self.device, self.dtype, memory_format=self.layout)

    def params(self) -> dict[str, str | int | float | bool]:
        """For the reader: numbers, device, threads, and how near 16 bits come to 32."""
        params: dict[str, str | int | float | bool] = {
            "numbers": str(self.dtype).removeprefix("torch."),
            "device": self.device,
            "threads": torch.get_num_threads(),
        }
        if self.dtype != torch.float32:
            params["cosine with float32"] = round(self.cosine, 5)
        if self.scale:
            params["logit scale"] = round(self.scale, 3)
        if self.bias is not None:
            params["logit bias"] = round(self.bias, 3)
        return params


def settle(load: Callable[[], nn.Module], sample: Callable[[Running], Tensor]) -> Running:
    """A model on the best device, in 16 bits where that is faster and its vectors stay the same.

    Args:
        load: gives the model in float32 on the processor; called again if 16 bits do not do.
        sample: vectors of some sample inputs, shape (n, d).
    """
    hardware = best_hardware()
    exact = _running(load(), hardware.device)
    if hardware.dtype == torch.float32:
        return exact
    with torch.inference_mode():
        expected = sample(exact).float()
        fast = exact._replace(model=exact.model.to(hardware.dtype), dtype=hardware.dtype)
        cosine = float(torch.cosine_similarity(expected, sample(fast).float()).mean())
    if cosine >= LEAST_COSINE:
        return fast._replace(cosine=min(cosine, 1.0))
    del exact, fast
    return _running(load(), hardware.device)


def _running(model: nn.Module, device: str) -> Running:
    convolutions = sum(isinstance(part, nn.Conv2d) for part in model.modules())
    layout = torch.channels_last if convolutions > 1 else torch.contiguous_format
    learnt = dict(model.named_parameters())
    scale = next((float(each.detach().exp()) for name, each in learnt.items() if "logit_scale" in name), 0.0)
    bias = next((float(each.detach()) for name, each in learnt.items() if "logit_bias" in name), None)
    model = model.eval().to(device, memory_format=layout)
    return Running(model, device, torch.float32, layout, scale=scale, bias=bias)


def sample_pictures(height: int, width: int, *, count: int = 2) -> Tensor:
    """Smooth random colours, shape (count, 3, height, width); the same every time."""
    coarse = torch.rand((count, 3, 8, 8), generator=torch.Generator().manual_seed(0)) * 2 - 1
    return nn.functional.interpolate(coarse, (height, width), mode="bilinear")


def encode_pictures(
    items: Sequence[bytes],
    preprocess: Callable[[Sequence[bytes]], Tensor],
    run: Callable[[Tensor], Tensor],
    *,
    batch: int,
) -> Vectors:
    """Vectors of kept pictures; the next batch is decoded while the model works on this one."""
    with torch.inference_mode():
        found = [run(tensors).float().cpu().numpy() for tensors in _ahead(items, preprocess, batch)]
    return np.concatenate(found)


def _ahead(items: Sequence[bytes], preprocess: Callable[[Sequence[bytes]], Tensor], batch: int) -> Iterator[Tensor]:
    batches = [items[start : start + batch] for start in range(0, len(items), batch)]
    with ThreadPoolExecutor(1, thread_name_prefix="next batch") as thread:
        coming = thread.submit(preprocess, batches[0])
        for following in batches[1:]:
            ready, coming = coming.result(), thread.submit(preprocess, following)
            yield ready
        yield coming.result()


def unit(vectors: Vectors) -> Vectors:
    """Vectors of length 1; a vector of zeros stays as it is."""
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True).astype(np.float32)
    lengths[lengths == 0] = 1
    return vectors / lengths
