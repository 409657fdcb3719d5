"""Whole test sets of analogies in a worker, each computed once for a space."""

from __future__ import annotations

from embeddings.analogies.questions import Questions
from embeddings.analogies.runs import RUNS, AnalogyRuns, from_arrays, to_arrays
from embeddings.analogies.vocabulary import Matching
from embeddings.jobs import tasks
from embeddings.jobs.client import hold, submit_reporting
from embeddings.jobs.job import Job
from embeddings.space import Space
from embeddings.store import Store

# Part of the key of what is kept; to be raised when answers change.
VERSION = 1


def runs_stored(store: Store, space: Space, questions: Questions, matching: Matching, job: Job) -> AnalogyRuns:
    """The answers of a space to a test set, computed once."""
    known = find_runs(store, space, questions, matching)
    if known is not None:
        return known
    job.enter(f"Answering {len(questions):,} questions in {len(RUNS)} ways")
    reference = store.home, space.collection.fingerprint, space.encoder
    found: AnalogyRuns = job.wait_for(
        submit_reporting(tasks.answer_questions, *reference, hold(questions), matching, listener=job.measure)
    )
    store.results.put(runs_key(space, questions, matching), to_arrays(found))
    return found


def find_runs(store: Store, space: Space, questions: Questions, matching: Matching) -> AnalogyRuns | None:
    """What is stored of them; None where nobody has asked yet."""
    stored = store.results.get(runs_key(space, questions, matching))
    return None if stored is None else from_arrays(stored, questions, matching)


def runs_key(space: Space, questions: Questions, matching: Matching) -> str:
    """What stands for them in the store."""
    return f"analogies|{VERSION}|{space.fingerprint}|{questions.fingerprint}|{matching.fold_case}|{matching.first}"
