"""Results as named arrays and back, by the types of their fields, so that the store can keep them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
Arrays = Mapping[str, NDArray[Any]]
COUNT = "count"


def pack(value: Any, name: str = "value") -> dict[str, NDArray[Any]]:
    """A result (NamedTuple, dataclass, tuple, array, number or text) as arrays; None leaves nothing behind."""
    if value is None:
        return {}
    if is_record(type(value)):
        parts = ((field, getattr(value, field)) for field in _fields(type(value)))
        return {key: array for field, part in parts for key, array in pack(part, f"{name}.{field}").items()}
    if isinstance(value, tuple) and any(is_record(type(part)) for part in value):
        packed: dict[str, NDArray[Any]] = {f"{name}.{COUNT}": np.array(len(value))}
        for number, part in enumerate(value):
            packed |= pack(part, f"{name}.{number}")
        return packed
    return {name: np.asarray(value)}


def unpack(kind: Any, arrays: Arrays, name: str = "value") -> Any:
    """A result of a type from its arrays; float, whole number and text come back as such."""
    if get_origin(kind) in (Union, UnionType):
        there = any(key == name or key.startswith(f"{name}.") for key in arrays)
        return unpack(next(each for each in get_args(kind) if each is not type(None)), arrays, name) if there else None
    if is_record(kind):
        hints = get_type_hints(kind)
        return kind(**{field: unpack(hints[field], arrays, f"{name}.{field}") for field in _fields(kind)})
    if get_origin(kind) is tuple:
        return _unpack_tuple(get_args(kind), arrays, name)
    return arrays[name] if get_origin(kind) is np.ndarray else arrays[name].item()


def is_record(kind: Any) -> bool:
    """Whether a type has named fields: a NamedTuple or a dataclass."""
    return isinstance(kind, type) and (hasattr(kind, "_fields") or is_dataclass(kind))


def _unpack_tuple(kinds: tuple[Any, ...], arrays: Arrays, name: str) -> tuple[Any, ...]:
    if is_record(kinds[0]):
        count = int(arrays[f"{name}.{COUNT}"]) if f"{name}.{COUNT}" in arrays else 0
        return tuple(unpack(kinds[0], arrays, f"{name}.{number}") for number in range(count))
    return tuple(arrays[name].tolist())


def _fields(kind: type) -> tuple[str, ...]:
    named: tuple[str, ...] = getattr(kind, "_fields", ())
    return named or tuple(field.name for field in fields(kind))
