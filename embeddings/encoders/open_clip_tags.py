"""Which hub model stands behind an architecture and a tag of open_clip, without importing it (and torch with it)."""

from __future__ import annotations

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_ALIAS = "-quickgelu"


@cache
def hub_ids() -> dict[tuple[str, str], str]:
    """Hub id of each (architecture, tag) that open_clip can fetch from the hub; empty without the package."""
    package = find_spec("open_clip")
    if package is None or package.origin is None:
        return {}
    source = Path(package.origin).with_name("pretrained.py").read_text(encoding="utf-8")
    tables = {
        node.targets[0].id: node.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    every = tables.get("_PRETRAINED")
    if not isinstance(every, ast.Dict):
        return {}
    named = {
        (key.value, tag): hub_id
        for key, value in zip(every.keys, every.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
        for tag, hub_id in _tags(tables.get(value.id) if isinstance(value, ast.Name) else value)
    }
    # The configuration on the hub says itself which activation the weights need.
    return named | {(f"{architecture}{_ALIAS}", tag): hub_id for (architecture, tag), hub_id in named.items()}


def _tags(table: ast.expr | None) -> list[tuple[str, str]]:
    """Tag and hub id of each `tag=…(hf_hub="ORG/NAME/")` in a call of `dict`; a single file of a model does not do."""
    if not isinstance(table, ast.Call):
        return []
    options = [
        (entry.arg, option.value.value)
        for entry in table.keywords
        if entry.arg and isinstance(entry.value, ast.Call)
        for option in entry.value.keywords
        if option.arg == "hf_hub" and isinstance(option.value, ast.Constant)
    ]
    return [(tag, str(place).rstrip("/")) for tag, place in options if str(place).endswith("/")]
