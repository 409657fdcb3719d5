"""Naming pictures by texts alone: labels become sentences, and the nearest sentence names the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EmbeddingError
from embeddings.intervals import Interval, wilson
from embeddings.labelled import label_texts
from embeddings.space import Vectors
from embeddings.units import unit

SLOT = "{}"
MOST_LABELS = 1_000
MOST_PROMPTS = 20_000
LOGIT_SCALE = 100.0
SCALE_PARAM, BIAS_PARAM = "logit scale", "logit bias"
UNKNOWN = -1
# One text encoded in two batches of 16-bit numbers can come out this far apart (1 − cosine).
SAME = 1e-5
# Of the pairs of a picture with a label that is not its nearest, this share lies below what a name needs.
WRONG_BELOW = 0.95

TEMPLATES: tuple[str, ...] = (
    "{}",
    "a {}",
    "a picture of a {}",
    "a photo of a {}",
    "a drawing of a {}",
    "a handwritten {}",
    "the digit {}",
    "a close-up of a {}",
    "a small {}",
    "a large {}",
)


class ZeroShot(NamedTuple):
    """What each picture is, if it is one of the labels.

    Attributes:
        probabilities: float32 of shape (n, L): softmax over the labels of scale · cosine.
        predicted: place of the most probable label, shape (n,); of equal ones the first; L for none of them.
        cosines: float32 of shape (n, L), what the probabilities are made of.
        scale: the factor before the softmax; a larger one makes every answer look surer and changes none.
        same: pairs of labels that the encoder cannot tell apart: the place of the one that is named, and of the one
            that never is.
        needed: the cosine that a name needs, below which a picture is none of the labels; None where each is one.
    """

    probabilities: Vectors
    predicted: NDArray[np.intp]
    cosines: Vectors
    scale: float
    same: tuple[tuple[int, int], ...] = ()
    needed: float | None = None

    @property
    def confidence(self) -> Vectors:
        """Probability of the predicted label, shape (n,)."""
        best: Vectors = self.probabilities.max(axis=1)
        return best


class ZeroShotReport(NamedTuple):
    """How right the names are, where the truth is known.

    Attributes:
        accuracy: share of right names with its 95 % interval (Wilson).
        chance: what guessing all labels alike would reach: 1 / L.
        majority: what always naming the most frequent label would reach.
        confusion: counts of shape (L, L): true label by row, named label by column; where a picture may be none of
            the labels, those that are named none stand in one more column.
        precision: share of the pictures so named that are so, for each label; not a number where none is.
        recall: share of the pictures that are so and are so named, for each label; not a number where none is.
        confidence: mean probability of the predicted labels; above the accuracy, the encoder is too sure of itself.
        known: pictures whose true label is among the labels; only these count.
        unknown: pictures left out.
    """

    accuracy: Interval
    chance: float
    majority: float
    confusion: NDArray[np.int64]
    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    confidence: float
    known: int
    unknown: int


def check_labels(labels: Sequence[str]) -> tuple[str, ...]:
    """Labels without blanks around them, empty lines dropped.

    Raises:
        EmbeddingError: there are fewer than two, too many, or two alike.
    """
    kept = tuple(label.strip() for label in labels if label.strip())
    if not kept:
        raise EmbeddingError("There are no labels: write one a line.")
    if len(kept) == 1:
        raise EmbeddingError(f"“{kept[0]}” is the only label; a choice needs at least 2.")
    if len(kept) > MOST_LABELS:
        raise EmbeddingError(f"Up to {MOST_LABELS:,} labels can be told apart at once; these are {len(kept):,}.")
    twice = next((label for place, label in enumerate(kept) if label in kept[:place]), None)
    if twice is not None:
        raise EmbeddingError(f"The label “{twice}” stands there twice.")
    return kept


def check_templates(templates: Sequence[str]) -> tuple[str, ...]:
    """Templates without blanks around them, empty lines and repetitions dropped.

    Raises:
        EmbeddingError: there are none, or one has no place for the label.
    """
    kept = tuple(dict.fromkeys(template.strip() for template in templates if template.strip()))
    if not kept:
        raise EmbeddingError("There is no template: choose or write at least one, such as “a picture of a {}”.")
    without = next((template for template in kept if SLOT not in template), None)
    if without is not None:
        raise EmbeddingError(f"The template “{without}” has no {SLOT}: that is where the label goes.")
    return kept


def label_prompts(labels: Sequence[str], templates: Sequence[str]) -> list[str]:
    """Every label in every template, label by label: L · T texts.

    Raises:
        EmbeddingError: a label or template is unusable, or there are too many texts.
    """
    names, forms = check_labels(labels), check_templates(templates)
    if len(names) * len(forms) > MOST_PROMPTS:
        raise EmbeddingError(
            f"{len(names):,} labels in {len(forms):,} templates are {len(names) * len(forms):,} texts; "
            f"up to {MOST_PROMPTS:,} can be encoded."
        )
    return [form.replace(SLOT, name) for name in names for form in forms]


def label_vectors(vectors: Vectors, labels: int) -> Vectors:
    """One vector a label from those of its prompts, in the order of `label_prompts` (Radford et al. 2021).

    The mean of the prompts' unit vectors, scaled to length 1 again. Shape (L, d).
    """
    if labels < 1 or len(vectors) % labels:
        raise ValueError(f"vectors must hold as many prompts for each of {labels} labels, got {len(vectors)}")
    return unit(unit(vectors).reshape(labels, -1, vectors.shape[1]).mean(axis=1))


def zero_shot(pictures: Vectors, labels: Vectors, *, scale: float = LOGIT_SCALE) -> ZeroShot:
    """Name each picture by its nearest label.

    Args:
        pictures: vectors of shape (n, d).
        labels: one vector a label, shape (L, d), see `label_vectors`.
        scale: what cosines are multiplied by before the softmax: the encoder's own (1 / temperature) where it is known.

    Raises:
        EmbeddingError: there is one label only, or all labels have one and the same vector.
        ValueError: the dimensions differ, or the scale is not positive.
    """
    if pictures.ndim != 2 or labels.ndim != 2 or pictures.shape[1] != labels.shape[1]:
        raise ValueError(f"pictures and labels must have the same dimension, got {pictures.shape} and {labels.shape}")
    if not scale > 0:
        raise ValueError(f"scale must be positive, got {scale}")
    if len(labels) < 2:
        raise EmbeddingError("A choice needs at least 2 labels.")
    if (labels == labels[0]).all():
        raise EmbeddingError("All labels have the same vector for this encoder, so it cannot tell them apart.")
    cosines = unit(pictures) @ unit(labels).T
    same = same_labels(labels)
    for first, second in same:  # rounding may not decide between them
        cosines[:, second] = cosines[:, first]
    logits = scale * (cosines - cosines.max(axis=1, keepdims=True)).astype(np.float64)
    weights = np.exp(logits)
    probabilities = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    return ZeroShot(probabilities, cosines.argmax(axis=1), cosines, scale, same)


def same_labels(labels: Vectors) -> tuple[tuple[int, int], ...]:
    """Pairs of labels that have one direction, as places: the first of it, and each later one.

    Such are labels that differ in what the encoder does not read: capitals, or what lies beyond its limit.
    """
    directions = unit(labels).astype(np.float64)
    alike: NDArray[np.bool_] = np.triu(directions @ directions.T, 1) >= 1 - SAME
    first, second = np.nonzero(alike)
    later = set(second.tolist())
    return tuple(pair for pair in zip(first.tolist(), second.tolist(), strict=True) if pair[0] not in later)


def none_of_these(result: ZeroShot, *, scale: float | None = None, bias: float | None = None) -> ZeroShot:
    """The same names, but none (place L) for a picture whose best label is not near enough.

    A model trained by sigmoids says itself what is near enough: sigmoid(scale · cosine + bias) of at least ½ (Zhai et
    al. 2023). For any other it is what 95 % of the pairs of a picture with a label that is not its nearest stay below:
    an unfit label seldom comes so near.

    Args:
        result: the names.
        scale: of the model's own sigmoid.
        bias: of the model's own sigmoid; without either the second rule holds.
    """
    if scale is not None and bias is not None:
        needed = -bias / scale
    else:
        needed = float(np.quantile(np.sort(result.cosines, axis=1)[:, :-1], WRONG_BELOW))
    best = result.cosines.max(axis=1)
    return result._replace(predicted=np.where(best < needed, result.cosines.shape[1], result.predicted), needed=needed)


def truth(values: Sequence[Any], names: Mapping[str, str], labels: Sequence[str]) -> NDArray[np.intp]:
    """Place among the labels of each picture's true label, shape (n,); −1 where it is none of them.

    Args:
        values: the column that holds the truth, see `label_texts`.
        names: the label for a value of the column, where they are not the same (“0” is called “zero”).
        labels: the labels.

    Raises:
        EmbeddingError: no value is called by any of the labels.
    """
    place = {label: number for number, label in enumerate(labels)}
    texts = label_texts(values)
    known = {text: place.get(names.get(text, text), UNKNOWN) for text in texts if text}
    found = np.array([known.get(text, UNKNOWN) for text in texts], dtype=np.intp)
    if (found == UNKNOWN).all():
        held = ", ".join(f"“{text}”" for text in sorted(known)[:5]) or "nothing"
        raise EmbeddingError(
            f"None of the labels is a value of this column, which holds {held}: say what each is called."
        )
    return found


def zero_shot_report(result: ZeroShot, true: NDArray[np.intp]) -> ZeroShotReport:
    """Accuracy, confusion and calibration over the pictures whose true label is known.

    Raises:
        EmbeddingError: none is known.
    """
    count = result.probabilities.shape[1]
    known = true != UNKNOWN
    if not known.any():
        raise EmbeddingError("No picture has a true label here, so nothing can be counted.")
    confusion = np.zeros((count, count + (result.needed is not None)), dtype=np.int64)
    np.add.at(confusion, (true[known], result.predicted[known]), 1)
    right, total = int(np.trace(confusion)), int(known.sum())
    return ZeroShotReport(
        wilson(right, total),
        1 / count,
        float(confusion.sum(axis=1).max() / total),
        confusion,
        _shares(np.diag(confusion), confusion.sum(axis=0)[:count]),
        _shares(np.diag(confusion), confusion.sum(axis=1)),
        float(result.confidence[known].mean()),
        total,
        int((~known).sum()),
    )


def mistakes(result: ZeroShot, true: NDArray[np.intp]) -> NDArray[np.intp]:
    """Rows of the pictures that are named wrongly, the surest first."""
    wrong = np.flatnonzero((true != UNKNOWN) & (result.predicted != true))
    return wrong[np.argsort(-result.confidence[wrong], kind="stable")]


def logit_scale(params: Mapping[str, Any]) -> float | None:
    """The encoder's own factor before the softmax, as its space tells it; None where it does not."""
    scale = params.get(SCALE_PARAM)
    return float(scale) if isinstance(scale, int | float) and scale > 0 else None


def logit_bias(params: Mapping[str, Any]) -> float | None:
    """What the encoder adds before its own sigmoid, as its space tells it; None for one that learnt by softmax."""
    bias = params.get(BIAS_PARAM)
    return float(bias) if isinstance(bias, int | float) else None


def _shares(hits: NDArray[np.int64], tries: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.asarray(np.divide(hits, tries, out=np.full(len(hits), nan), where=tries > 0))
