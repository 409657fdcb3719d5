"""Settings that a reader may change: filled up with their defaults and held against their ranges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from embeddings.errors import EmbeddingError


class Parameter(NamedTuple):
    """One setting of a method that a reader may change.

    Attributes:
        default: the value without a choice.
        low, high, step: the range offered.
        summary: what it does, in plain words.
        switch: whether it is either off (0) or on (1).
    """

    default: float
    low: float
    high: float
    step: float
    summary: str
    switch: bool = False

    @property
    def usual(self) -> float:
        """The value without a choice, whole where its steps are."""
        return self.whole(self.default)

    def whole(self, value: float) -> float:
        """A value as a whole number where the steps are."""
        return int(value) if self.step >= 1 else float(value)


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
