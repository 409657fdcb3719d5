"""Train Scenes CLIP: `python -m embeddings.encoders.scenes_clip.training --output FOLDER`."""

from __future__ import annotations

import argparse
import csv
import math
import time
from pathlib import Path

import torch
from open_clip.model import CustomTextCLIP
from safetensors.torch import save_file
from torch import nn

from embeddings.encoders.scenes_clip.model import encode_text_ids, filled_model, image_tensor, new_model
from embeddings.encoders.scenes_clip.training.batches import Batch, loader
from embeddings.encoders.scenes_clip.training.losses import Losses, losses
from embeddings.encoders.scenes_clip.training.signposts import Signposts
from embeddings.encoders.scenes_clip.training.vocabulary import write_tokenizer

_WARM_UP = 60
_SHORT = 9
_EVERY = 25
_MOST_SCALE = 100.0


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(description="Train Scenes CLIP on the processor.")
    parser.add_argument("--output", type=Path, required=True, help="folder for weights.safetensors and curves.csv")
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--minutes", type=float, default=math.inf, help="finish the schedule earlier, by the clock")
    parser.add_argument("--rate", type=float, default=1e-3, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--easy", type=float, default=0.85, help="share of large, single, plain things at first")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    write_tokenizer()
    torch.manual_seed(options.seed)
    train(filled_model(options.start) if options.start else _opened(new_model()), options)


def _opened(model: CustomTextCLIP) -> CustomTextCLIP:
    """The model with residual branches that count from the start.

    open_clip closes them at first; then several hundred steps pass in which only colours are learned, because
    nearly all that looks at neighbouring pixels lies in these branches.
    """
    for name, parameter in model.visual.named_parameters():
        if name.endswith("bn3.weight"):
            torch.nn.init.ones_(parameter)
    return model


def train(model: CustomTextCLIP, options: argparse.Namespace) -> None:
    """Train to the end of the schedule; weights are saved every 250 steps and at the end."""
    signposts = Signposts(model.text.output_dim)
    optimizer = _optimizer(nn.ModuleList((model, signposts)), options.rate)
    batches = loader(options.seed, easy=options.easy)
    started = time.monotonic()
    with (options.output / "curves.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["step", "seconds", "rate", "scale", "to_pictures", "to_captions", "sums", "signs"])
        for step in range(1, options.steps + 1):
            progress = max(step / options.steps, (time.monotonic() - started) / 60 / options.minutes)
            rate = options.rate * min(step / _WARM_UP, 0.5 * (1 + math.cos(math.pi * min(progress, 1))))
            found = _step(model, signposts, optimizer, (next(batches), rate))
            if step % _EVERY == 0:
                seconds, scale = round(time.monotonic() - started), round(model.logit_scale.exp().item(), 2)
                table.writerow([step, seconds, f"{rate:.6f}", scale, *(f"{part.item():.4f}" for part in found)])
                file.flush()
            if step % 250 == 0 or progress >= 1:
                save(model, options.output / "weights.safetensors")
            if progress >= 1:
                break


def _optimizer(model: nn.Module, rate: float) -> torch.optim.Optimizer:
    matrices = [parameter for parameter in model.parameters() if parameter.ndim > 1]
    others = [parameter for parameter in model.parameters() if parameter.ndim <= 1]
    groups = [{"params": matrices, "weight_decay": 0.05}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), fused=True)


def _step(
    model: CustomTextCLIP, signposts: Signposts, optimizer: torch.optim.Optimizer, given: tuple[Batch, float]
) -> Losses:
    batch, rate = given
    model.train()
    for group in optimizer.param_groups:
        group["lr"] = rate
    with torch.autocast("cpu", torch.bfloat16):
        pictures = model.encode_image(image_tensor(batch.pixels), normalize=True)
        captions = _captions(model, batch.ids)
    scale = model.logit_scale.exp().clamp(max=_MOST_SCALE)
    found = losses(pictures.float(), captions.float(), scale, signposts, batch)
    optimizer.zero_grad()
    found.total.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return found


def _captions(model: CustomTextCLIP, ids: list[list[int]]) -> torch.Tensor:
    """Vectors of the captions, short and long ones apart, because every row costs as much as the longest."""
    short = [row for row, tokens in enumerate(ids) if len(tokens) <= _SHORT]
    long = [row for row, tokens in enumerate(ids) if len(tokens) > _SHORT]
    parts = [encode_text_ids(model, [ids[row] for row in rows]) for rows in (short, long) if rows]
    return torch.cat(parts)[torch.tensor(short + long).argsort()]


def save(model: CustomTextCLIP, path: Path) -> None:
    """Write the weights in 16 bits: half the size, and too fine a difference to matter."""
    numbers = {name: tensor for name, tensor in model.state_dict().items() if tensor.is_floating_point()}
    kept = {name: tensor.half().contiguous() for name, tensor in numbers.items()}
    scratch = path.with_suffix(".part")
    save_file(kept, scratch)
    scratch.replace(path)


if __name__ == "__main__":
    main()
