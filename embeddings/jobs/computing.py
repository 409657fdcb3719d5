"""The door to heavy work: what a row of the table gives, from the store, or from a worker that puts it there."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from inspect import signature
from pickle import PickleBuffer
from typing import Any, NamedTuple

from distributed.protocol.pickle import dumps

from embeddings.collection import Collection
from embeddings.computations import COMPUTATIONS, EncoderOf, Need, key_of
from embeddings.encoders import find_spec
from embeddings.errors import Cancelled, EncoderUnavailable
from embeddings.jobs.client import hold, submit_reporting
from embeddings.jobs.job import Job
from embeddings.jobs.running import kept_encoder, kept_space, kept_store, reporter
from embeddings.space import Space
from embeddings.store import Store, space_fingerprint

Called = tuple[tuple[Any, ...], Mapping[str, Any]]
# What is larger travels beside its task, once.
LARGE = 1 << 20
# A task that another job gave up a moment before can end under the next that asks for the same.
TRIES = 3


class Gone(LookupError):
    """What a task needs is there no longer, or was packed when one of its classes was another; it is made anew."""


class Later(NamedTuple):
    """An argument as it travels: a worker finds it by a call."""

    find: Callable[..., Any]
    args: tuple[str, ...]


def compute(store: Store, job: Job, name: str, /, *args: Any, **settings: Any) -> Any:
    """What a computation gives; see `embeddings.computations`.

    Args:
        store: of this server, which the workers see too.
        job: is told how far it is.
        name: in COMPUTATIONS.
        *args: of its function. What is kept travels as a reference.
        **settings: of its function, without what it needs and `on_progress`.

    Raises:
        EmbeddingError: as the function raises it.
        Cancelled: nobody waits any more.
    """
    row = COMPUTATIONS[name]
    if row.each:
        return _compute_each(store, job, name, (args, settings))
    if not row.kept:
        return _work(store, job, name, [secrets.token_hex(8)], (args, settings))
    key = key_of(name, *args, **settings)
    found = store.results.get(key)
    return _make(store, job, name, [key], (args, settings))[0] if found is None else found


def _compute_each(store: Store, job: Job, name: str, called: Called) -> tuple[Any, ...]:
    """The answers for all values of an argument; what is not there yet is computed together."""
    args, settings = called
    each = COMPUTATIONS[name].each
    values = settings[each]
    keys = [key_of(name, *args, **{**settings, each: value}) for value in values]
    found = {key: store.results.get(key) for key in keys}
    missing = {key: value for key, value in zip(keys, values, strict=True) if found[key] is None}
    if missing:
        made = _make(store, job, name, list(missing), (args, {**settings, each: list(missing.values())}))
        found |= dict(zip(missing, made, strict=True))
    return tuple(found[key] for key in keys)


def _make(store: Store, job: Job, name: str, keys: Sequence[str], called: Called) -> list[Any]:
    """The results of keys, computed and kept."""
    found = []
    for key, value in zip(keys, _work(store, job, name, keys, called), strict=True):
        if value is not None:
            store.results.put(key, value)
        found.append(store.results.get(key) if value is None else value)
        if found[-1] is None:
            raise RuntimeError(f"the result of {key} is missing after it was kept")
    return found


def _work(store: Store, job: Job, name: str, keys: Sequence[str], called: Called) -> Any:
    """What a worker gives; of what the store has taken None."""
    row = COMPUTATIONS[name]
    args, settings = called
    task_key = hashlib.blake2b("|".join([store.home, *keys]).encode(), digest_size=16).hexdigest()
    for attempt in range(TRIES):
        needed = {argument: need(*args, **settings) for argument, need in row.needs.items()}
        there = {argument: _needed(store, job, need) for argument, need in needed.items() if need is not None}
        job.enter(row.stage_of(args, settings))
        payload = _payload(store, args, {**settings, **there})
        task = submit_reporting(
            run,
            *(store.home, name, list(keys), payload),
            listener=job.measure,
            place=row.place_of(args, settings),
            urgency=row.urgency or job.urgency,
            key=f"{name.replace(' ', '-')}-{task_key}-{attempt}",
        )
        try:
            return job.wait_for(task)
        except (Cancelled, Gone):
            job.check()
            if attempt == TRIES - 1:
                raise


def run(home: str, name: str, keys: Sequence[str], payload: tuple[tuple[Any, ...], dict[str, Any]], topic: str) -> Any:
    """Run by a worker: what it finds goes straight to the store, not through the scheduler."""
    row = COMPUTATIONS[name]
    args = [_found(each) for each in payload[0]]
    settings = {argument: _found(each) for argument, each in payload[1].items()}
    if "on_progress" in signature(row.function).parameters:
        settings["on_progress"] = reporter(topic)
    answer = row.function(*args, **settings)
    if not row.kept:
        return answer
    results = kept_store(home).results
    parts = answer if row.each else [answer]
    return [None if results.put(key, part) else part for key, part in zip(keys, parts, strict=True)]


def _needed(store: Store, job: Job, need: Need) -> Any:
    """A reference to what a computation needs, or the thing itself where the store took nothing."""
    key = key_of(need.name, *need.args, **need.settings)
    made = None
    if not store.results.has(key):
        made = _work(store, job, need.name, [key], (need.args, need.settings))[0]
    return Later(kept_result, (store.home, key)) if made is None else made


def _payload(store: Store, args: tuple[Any, ...], settings: Mapping[str, Any]) -> Any:
    """Arguments as they travel."""
    sent = tuple(_sent(store, each) for each in args), {name: _sent(store, each) for name, each in settings.items()}
    whole = any(isinstance(each, (Space, Collection, bytes)) for each in (*sent[0], *sent[1].values()))
    return hold(sent) if whole or _size(sent) > LARGE else sent


def _size(sent: Any) -> int:
    """Bytes on the way, about."""
    buffers: list[PickleBuffer] = []
    return len(dumps(sent, buffer_callback=buffers.append)) + sum(buffer.raw().nbytes for buffer in buffers)


def _sent(store: Store, value: Any) -> Any:
    if isinstance(value, EncoderOf):
        learns = find_spec(value.encoder).fits
        if learns:
            store.keep(value.collection)
        return Later(kept_encoder, (store.home, value.encoder, value.collection.fingerprint if learns else ""))
    if isinstance(value, Space) and _is_kept(value):
        store.keep(value.collection)
        return Later(kept_space, (store.home, value.collection.fingerprint, value.encoder))
    if isinstance(value, (tuple, list)) and any(isinstance(each, Space) for each in value):
        return [_sent(store, each) for each in value]
    return value


def _is_kept(space: Space) -> bool:
    """Whether a space came from the store, not from ready-made vectors or the places on a map."""
    try:
        return space.fingerprint == space_fingerprint(space.collection, space.encoder)
    except EncoderUnavailable:
        return False


def kept_result(home: str, key: str) -> Any:
    """What a computation has found before.

    Raises:
        Gone: it is not there.
    """
    found = kept_store(home).results.get(key)
    if found is None:
        raise Gone(key)
    return found


def _found(value: Any) -> Any:
    """What a worker is called with."""
    if isinstance(value, list):
        return [_found(each) for each in value]
    return value.find(*value.args) if isinstance(value, Later) else value
