"""Imports run one way: app → pages → components → embeddings, and the core knows neither the screen nor torch."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import embeddings

ROOT = Path(__file__).resolve().parents[2]
ORDER = ["app", "pages", "components", "embeddings"]
FILES = [ROOT / "app.py", *(path for layer in ORDER[1:] for path in sorted((ROOT / layer).rglob("*.py")))]
SCREEN = {"streamlit", "plotly"}
TORCH = {"torch", "sentence_transformers", "transformers", "model2vec"}


def imports(path):
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path):
    layer = path.relative_to(ROOT).parts[0].removesuffix(".py")
    tops = {name.split(".")[0] for name in imports(path)}
    assert not tops & set(ORDER[: ORDER.index(layer)])
    assert layer != "pages" or "pages" not in tops
    if layer == "embeddings":
        assert not tops & SCREEN
    if ROOT / "embeddings" / "encoders" not in path.parents:
        assert not tops & TORCH


def test_the_core_and_the_application_start_without_torch_or_umap():
    code = (
        "import sys, embeddings, components.startup, components.explore.page, components.routes\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'umap', 'gensim', 'numba'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_public_names_are_sorted_complete_and_documented():
    names = embeddings.__all__
    assert names == sorted(names, key=lambda name: (not name.isupper(), name[0].islower(), name))
    for name in names:
        value = getattr(embeddings, name)
        assert isinstance(value, dict) or value.__doc__
