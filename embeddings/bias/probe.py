"""What the table of bias probes says of each."""

from __future__ import annotations

from typing import Literal, NamedTuple

from embeddings.bias.word_sets import Rules

Form = Literal[
    "space", "words", "word lists", "pairs", "numbers", "query", "column", "predictions", "labels", "direction"
]


class Input(NamedTuple):
    """One thing a probe needs.

    Attributes:
        name: the parameter of its function.
        form: what kind of thing it is.
        title: what the reader sees, and the name of the set where it is checked.
        summary: what belongs there, in plain words.
        example: stands in the empty field.
    """

    name: str
    form: Form
    title: str
    summary: str
    example: str = ""


class ProbeSpec(NamedTuple):
    """One row of the table of probes.

    Attributes:
        question: what it answers, in plain words.
        summary: how, in one sentence.
        reference: author, year.
        caveat: what moves its figure besides bias.
        cannot_say: what may not be concluded from it.
        inputs: in the order of the function's parameters.
        factory: `"module:function"`; takes the inputs and keyword-only settings, gives a frozen result.
        value: the attribute of the result that is the one figure.
        larger: what a larger value means.
        none: the value where there is no bias.
        rules: what its word sets must keep, for `check_sets`.
        quick: whether it takes a moment; the others belong in a job.
        evidence: the name under which pages draw more of its result than the figure; empty where they do not.
    """

    question: str
    summary: str
    reference: str
    caveat: str
    cannot_say: str
    inputs: tuple[Input, ...]
    factory: str
    value: str
    larger: str
    none: float
    rules: Rules = Rules()
    quick: bool = True
    evidence: str = ""
