"""Any probe over a space and over the same space debiased."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from embeddings.bias.debiased import BeforeAfter, Debiased
from embeddings.bias.probes import find_probe, load_probe
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.space import Space


def before_after(
    probe: str, space: Space, debiased: Debiased, inputs: Mapping[str, Any], *, vectors_of: VectorsOf = NONE_GIVEN
) -> BeforeAfter[Any]:
    """The results of a probe before and after; its figure is the attribute that the table names.

    Args:
        probe: a name in PROBES that looks at one space.
        space: the original.
        debiased: made from it, with the same given vectors.
        inputs: of the probe without its space, and any of its settings.
        vectors_of: the original vectors of typed words.

    Raises:
        EmbeddingError: as for the probe.
        ValueError: the probe does not look at one space.
    """
    forms = [each.form for each in find_probe(probe).inputs]
    if forms.count("space") != 1:
        raise ValueError(f"{probe} does not look at one space")
    run = load_probe(probe)
    return BeforeAfter(
        run(space, **inputs, vectors_of=vectors_of), run(debiased.space, **inputs, vectors_of=debiased.vectors_of)
    )
