"""Where models lie on this machine."""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from huggingface_hub import constants

TOKENIZERS = frozenset(
    {"tokenizer.json", "vocab.txt", "vocab.json", "spiece.model", "tokenizer.model", "sentencepiece.bpe.model"}
)
OPEN_CLIP_CONFIG = "open_clip_config.json"


def models_folder() -> Path:
    """The folder of prepared and hand-placed models; it may not exist yet."""
    home = os.environ.get("VECTORSCOPE_HOME", "")
    # An object-store address cannot hold files that are opened by path.
    base = Path(home) if home and "://" not in home else Path.home() / ".vectorscope"
    return base / "models"


def cached_snapshot(model: str) -> Path | None:
    """The complete copy of a hub model in the local hub cache, None without one."""
    folder = Path(constants.HF_HUB_CACHE) / f"models--{model.replace('/', '--')}"
    try:
        revision = (folder / "refs" / "main").read_text(encoding="ascii").strip()
        snapshot = folder / "snapshots" / revision
        return snapshot if revision and is_complete(snapshot) else None
    except (OSError, ValueError):
        return None


def revision(model: str) -> str:
    """Changes when the weights of a hub id or `folder:` change; empty while they are not on this machine.

    A folder is known by its content, so that it is the same on every machine and after it was copied.
    """
    kind, _, place = model.partition(":")
    if kind == "folder":
        found = Path(place).rglob("*") if os.path.isdir(place) else ()
        files = sorted(path for path in found if path.is_file())
        contents = [
            (path.relative_to(place).as_posix(), _content(path, path.stat().st_size, path.stat().st_mtime_ns))
            for path in files
        ]
        return hashlib.blake2b(repr(contents).encode(), digest_size=8).hexdigest() if files else ""
    snapshot = cached_snapshot(model)
    return snapshot.name if snapshot else ""


@lru_cache(maxsize=1024)
def _content(path: Path, size: int, changed: int) -> str:
    """A digest of a file, read again when its size or the time of its last change is another."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def is_complete(folder: Path) -> bool:
    """Whether a folder holds a configuration, weights and, where it reads texts, a tokeniser."""
    names = {path.name for pattern in ("*", "*/*") for path in folder.glob(pattern) if path.is_file()}
    if OPEN_CLIP_CONFIG in names:
        weights = any(name.startswith("open_clip_") and name.endswith((".safetensors", ".bin")) for name in names)
        return weights and (bool(names & TOKENIZERS) or not _needs_tokenizer(folder))
    return bool(
        names & {"config.json", "modules.json"}
        and any(name.endswith(".safetensors") for name in names)
        and (names & TOKENIZERS or "architecture" in _json(folder / "config.json"))
    )


def _needs_tokenizer(folder: Path) -> bool:
    # Without one in the folder, open_clip uses the one it brings itself.
    model = _json(folder / OPEN_CLIP_CONFIG).get("model_cfg", {})
    return bool(model.get("text_cfg", {}).get("hf_tokenizer_name")) if isinstance(model, dict) else False


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
