"""A whole test set answered in every way: each method, with the inputs left out and with them in."""

from __future__ import annotations

from typing import NamedTuple

from embeddings.analogies.accuracy import FOLDED, AnalogyReport, Progress, analogy_accuracy
from embeddings.analogies.methods import METHODS
from embeddings.analogies.questions import Questions
from embeddings.analogies.vocabulary import Matching
from embeddings.space import Space

RUNS = tuple((method, exclude) for exclude in (True, False) for method in METHODS)


class AnalogyRuns(NamedTuple):
    """The reports of one test set, in the order of RUNS."""

    reports: tuple[AnalogyReport, ...]

    def report(self, method: str, *, exclude_inputs: bool) -> AnalogyReport:
        """One of them."""
        return self.reports[RUNS.index((method, exclude_inputs))]


def run_all(
    space: Space, questions: Questions, *, matching: Matching = FOLDED, on_progress: Progress | None = None
) -> AnalogyRuns:
    """Answer the questions in every way; `on_progress` is called with (done, total) over all of them."""
    reports = []
    for number, (method, exclude) in enumerate(RUNS):

        def so_far(done: int, total: int, before: int = number) -> None:
            if on_progress is not None:
                on_progress(before * total + done, len(RUNS) * total)

        reports.append(
            analogy_accuracy(
                space, questions, method=method, exclude_inputs=exclude, matching=matching, on_progress=so_far
            )
        )
    return AnalogyRuns(tuple(reports))
