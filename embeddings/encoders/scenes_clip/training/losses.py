"""What the model is trained for: true captions nearer than false ones, and sums that land on the edited picture."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch.nn import functional

from embeddings.encoders.scenes_clip.training.batches import Batch
from embeddings.encoders.scenes_clip.training.signposts import Signposts
from embeddings.scenes.scene import FALSE, TRUE


class Losses(NamedTuple):
    """The parts of the loss: captions to pictures, pictures to captions, sums, and both along the signposts."""

    to_pictures: torch.Tensor
    to_captions: torch.Tensor
    sums: torch.Tensor
    signs: torch.Tensor

    @property
    def total(self) -> torch.Tensor:
        """What is minimised."""
        return 0.5 * (self.to_pictures + self.to_captions) + self.sums + self.signs


def losses(
    pictures: torch.Tensor, captions: torch.Tensor, scale: torch.Tensor, signposts: Signposts, batch: Batch
) -> Losses:
    """The losses of one batch; vectors have length 1, `scale` is the inverse temperature."""
    true, false = (torch.from_numpy(batch.truth == value) for value in (TRUE, FALSE))
    near = scale * captions @ pictures.T
    return Losses(
        ranking(near, true, false),
        ranking(near.T, true.T, false.T),
        _sums(pictures, captions, scale, batch),
        3 * signposts(pictures, batch.shown) + signposts(captions, batch.claims),
    )


def ranking(near: torch.Tensor, true: torch.Tensor, false: torch.Tensor) -> torch.Tensor:
    """Each true one against all false ones of its row: a softmax in which other true and unclear ones do not count."""
    against = torch.logsumexp(near.masked_fill(~false, float("-inf")), dim=1, keepdim=True)
    usable = true & torch.isfinite(against)
    each = functional.softplus(against.nan_to_num(neginf=0.0) - near) * usable
    rows = usable.sum(1)
    return (each.sum(1) / rows.clamp(min=1)).sum() / (rows > 0).sum().clamp(min=1)


def _sums(pictures: torch.Tensor, captions: torch.Tensor, scale: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Picture − caption + other caption must come nearest to the edited picture; every third sum only adds."""
    start, goal, minus, plus = torch.from_numpy(batch.edits).T
    takes = (torch.arange(len(start)) % 3 > 0).float()[:, None]
    sums = functional.normalize(pictures[start] - takes * captions[minus] + captions[plus], dim=1)
    same = torch.from_numpy(batch.same)[goal]
    true = functional.one_hot(goal, len(pictures)).bool()
    return ranking(scale * sums @ pictures.T, true, ~same)
