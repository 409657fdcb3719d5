"""Settings that a reader may change: filled up with their defaults and held against their ranges."""

from __future__ import annotations

from collections.abc import Mapping

from embeddings.errors import EmbeddingError
from embeddings.projections.base import Parameter


def used_settings(
    method: str, parameters: Mapping[str, Parameter], given: Mapping[str, float | str]
) -> dict[str, float]:
    """Every setting of a method by name: the given value or its default; whole where its step and range are whole.

    Raises:
        EmbeddingError: there is no such setting, or a value is no number, not whole or out of range.
    """
    if unknown := sorted(set(given) - set(parameters)):
        raise EmbeddingError(f"{method} has no setting “{unknown[0]}”; it has {', '.join(sorted(parameters))}.")
    return {name: _value(name, each, given.get(name, each.default)) for name, each in parameters.items()}


def _value(name: str, parameter: Parameter, value: float | str) -> float:
    if isinstance(value, str) or not parameter.low <= value <= parameter.high:
        raise EmbeddingError(f"{name} must lie between {parameter.low:g} and {parameter.high:g}, got {value}.")
    whole = float(parameter.low).is_integer() and float(parameter.step).is_integer()
    if whole and not float(value).is_integer():
        raise EmbeddingError(f"{name} must be a whole number, got {value}.")
    return int(value) if whole else float(value)
