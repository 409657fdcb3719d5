"""Results as named arrays and back, so that the store can keep them: what a value is stands in a tree beside them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EmbeddingError

Arrays = Mapping[str, NDArray[Any]]
TREE = "tree"
# Only what our core defines is made again from its name.
HOME = "embeddings."


def pack(value: Any, refer: Callable[[Any], str | None] = lambda _: None) -> dict[str, NDArray[Any]]:
    """A value as arrays: records (NamedTuple, dataclass), tuples, lists, mappings, arrays, numbers, texts, errors.

    Args:
        value: what is packed.
        refer: what stands for a part that is not packed itself; None for parts that are.

    Raises:
        TypeError: a part is of another type.
    """
    arrays: dict[str, NDArray[Any]] = {}
    tree = _tree(value, arrays, refer)
    return {**arrays, TREE: np.frombuffer(json.dumps(tree).encode("ascii"), dtype=np.uint8)}


def unpack(arrays: Arrays) -> Any:
    """The value again; numbers come back as Python's.

    Raises:
        TypeError, AttributeError, ImportError: it was packed when one of its classes had other fields, or another name.
    """
    return _value(json.loads(arrays[TREE].tobytes()), arrays)


def _tree(value: Any, arrays: dict[str, NDArray[Any]], refer: Callable[[Any], str | None]) -> Any:
    name = refer(value)
    if name is not None:
        return {"reference": name}
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    leaf = _leaf(value, arrays)
    if leaf is not None:
        return leaf
    kind, name, parts = _parts(value)
    if isinstance(parts, Mapping):
        return {kind: name, "parts": {field: _tree(part, arrays, refer) for field, part in parts.items()}}
    return {kind: name, "parts": [_tree(part, arrays, refer) for part in parts]}


def _leaf(value: Any, arrays: dict[str, NDArray[Any]]) -> dict[str, str] | None:
    """What is kept as arrays themselves; None for what has parts."""
    if isinstance(value, np.ndarray):
        return {"array": _add(value, arrays)}
    if isinstance(value, bytes):
        return {"bytes": _add(np.frombuffer(value, dtype=np.uint8), arrays)}
    if _are_rows(value):
        lengths = np.array([len(each) for each in value])
        return {"arrays": _add(np.concatenate(value), arrays), "lengths": _add(lengths, arrays)}
    return None


def _parts(value: Any) -> tuple[str, str, Mapping[str, Any] | Sequence[Any]]:
    """The kind of a value, the name of its class where it is ours, and its parts."""
    if isinstance(value, EmbeddingError):
        return "error", _name(value), value.__reduce__()[1]
    if is_record(value):
        return "record", _name(value), {name: getattr(value, name) for name in fields_of(value)}
    if _are_records(value):
        return (
            "records",
            _name(value[0]),
            {name: tuple(getattr(each, name) for each in value) for name in value[0]._fields},
        )
    if isinstance(value, Mapping):
        return "mapping", "", [*value.keys(), *value.values()]
    if isinstance(value, (tuple, list)):
        return type(value).__name__, "", value
    raise TypeError(f"a {type(value).__name__} cannot be packed")


def is_record(value: Any) -> bool:
    """Whether a value has named fields: a NamedTuple or a dataclass."""
    return hasattr(value, "_fields") or (is_dataclass(value) and not isinstance(value, type))


def fields_of(record: Any) -> Sequence[str]:
    """The names of the fields that a record is made from."""
    named: Sequence[str] | None = getattr(record, "_fields", None)
    return named or [field.name for field in fields(record) if field.init]


def _value(tree: Any, arrays: Arrays) -> Any:
    if not isinstance(tree, dict):
        return tree
    kind, name = next(iter(tree.items()))
    if kind in _LEAVES:
        return _LEAVES[kind](name, tree, arrays)
    if isinstance(tree["parts"], list):
        return _OF_LISTS[kind](name, [_value(part, arrays) for part in tree["parts"]])
    parts = {field: _value(part, arrays) for field, part in tree["parts"].items()}
    if kind == "record":
        return _class(name)(**parts)
    return tuple(_class(name)(**dict(zip(parts, row, strict=True))) for row in zip(*parts.values(), strict=True))


_LEAVES: dict[str, Callable[[str, Any, Arrays], Any]] = {
    "array": lambda name, tree, arrays: arrays[name],
    "bytes": lambda name, tree, arrays: arrays[name].tobytes(),
    "arrays": lambda name, tree, arrays: tuple(np.split(arrays[name], np.cumsum(arrays[tree["lengths"]])[:-1])),
}
_OF_LISTS: dict[str, Callable[[str, list[Any]], Any]] = {
    "error": lambda name, parts: _class(name)(*parts),
    "mapping": lambda name, parts: dict(zip(parts[: len(parts) // 2], parts[len(parts) // 2 :], strict=True)),
    "tuple": lambda name, parts: tuple(parts),
    "list": lambda name, parts: parts,
}


def _add(array: NDArray[Any], arrays: dict[str, NDArray[Any]]) -> str:
    if array.dtype == object:
        raise TypeError("an array of objects cannot be packed")
    name = str(len(arrays))
    arrays[name] = array
    return name


def _are_rows(value: Any) -> bool:
    """Whether a value is a tuple of several arrays that can lie behind each other as one."""
    if type(value) is not tuple or len(value) < 2 or not all(isinstance(each, np.ndarray) for each in value):
        return False
    return all(each.ndim > 0 for each in value) and len({(each.dtype, each.shape[1:]) for each in value}) == 1


def _are_records(value: Any) -> bool:
    """Whether a value is a tuple of several NamedTuples of one class, kept column by column."""
    return type(value) is tuple and len(value) > 1 and hasattr(value[0], "_fields") and len(set(map(type, value))) == 1


def _name(value: Any) -> str:
    return f"{type(value).__module__}:{type(value).__qualname__}"


def _class(name: str) -> Any:
    module, _, attribute = name.partition(":")
    if not module.startswith(HOME):
        raise TypeError(f"{name} is not ours")
    return getattr(import_module(module), attribute)
