"""Brings a model into a local folder that is safe to load: weights as safetensors, no code."""

from __future__ import annotations

import json
import os
from pathlib import Path

from httpx import HTTPError
from huggingface_hub import snapshot_download
from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError, RepositoryNotFoundError

from embeddings.encoders.availability import NOT_HERE, hub_answers
from embeddings.encoders.places import OPEN_CLIP_CONFIG, TOKENIZERS, cached_snapshot, is_complete
from embeddings.errors import EncoderUnavailable

_WANTED = ["*.json", "*.safetensors", *sorted(TOKENIZERS), "merges.txt"]
# Some of these repositories hold the same weights a second time for another library.
_OPEN_CLIP = ["*.json", "open_clip_*.safetensors", *sorted(TOKENIZERS), "merges.txt"]
_OPEN_CLIP_PICKLED = "open_clip_pytorch_model.bin"
_UNWANTED = ["onnx/*", "openvino/*", "coreml/*"]
_PATIENCE = 2.0


def local_folder(model: str) -> Path:
    """The folder of a hub id, downloaded if need be, or of `folder:PATH`.

    Raises:
        EncoderUnavailable: it is not here and cannot be fetched, or is not safe to load.
    """
    if model.startswith("folder:"):
        folder = _named_folder(model)
        check_safe(folder, str(folder))
        return folder
    folder = cached_snapshot(model) or _download(model)
    check_safe(folder, model)
    return folder


def open_clip_folder(model: str) -> Path:
    """The same for a model of open_clip; where it has no safetensors, weights that are read without running anything.

    Raises:
        EncoderUnavailable: it is not here and cannot be fetched, or has no weights.
    """
    if model.startswith("folder:"):
        folder = _named_folder(model)
    else:
        folder = cached_snapshot(model) or _download(model, _OPEN_CLIP)
        if not any(folder.glob("open_clip_*")) or not is_complete(folder):
            folder = _download(model, [*_OPEN_CLIP, _OPEN_CLIP_PICKLED])
    if not (folder / OPEN_CLIP_CONFIG).is_file():
        raise EncoderUnavailable(f"“{model.removeprefix('folder:')}” is not an open_clip model: no {OPEN_CLIP_CONFIG}.")
    if not any(path.suffix in (".safetensors", ".bin") for path in folder.iterdir()):
        raise EncoderUnavailable(f"“{model.removeprefix('folder:')}” has no weights (a .safetensors file).")
    return folder


def _named_folder(model: str) -> Path:
    folder = os.path.expanduser(model.removeprefix("folder:"))
    if not os.path.isdir(folder):  # not even of a name too long to ask for
        raise EncoderUnavailable(f"There is no folder “{folder[:200]}”.")
    return Path(folder)


def _download(model: str, wanted: list[str] = _WANTED) -> Path:
    if not hub_answers(_PATIENCE):
        raise EncoderUnavailable(NOT_HERE)
    try:
        return Path(snapshot_download(model, allow_patterns=wanted, ignore_patterns=_UNWANTED))
    except RepositoryNotFoundError as error:
        raise EncoderUnavailable(f"The hub has no public model “{model}”: check the spelling.") from error
    except (LocalEntryNotFoundError, HfHubHTTPError, HTTPError) as error:
        raise EncoderUnavailable(f"“{model}” could not be downloaded ({type(error).__name__}). {NOT_HERE}") from error
    except OSError as error:
        raise EncoderUnavailable(f"“{model}” could not be written to disk: {error.strerror or error}.") from error


def check_safe(folder: Path, name: str) -> None:
    """Refuse a folder that is no model, or whose weights are pickled and could run hidden code.

    Raises:
        EncoderUnavailable: it is refused.
    """
    if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
        raise EncoderUnavailable(f"“{name}” is not a model: it has neither modules.json nor config.json.")
    parts = [folder / part for part in _module_folders(folder, name)]
    safe = [part for part in parts if any(part.glob("*.safetensors"))]
    pickled = [part for part in parts if part not in safe and any(part.glob("pytorch_model*.bin"))]
    if pickled or not safe:
        kind = "has its weights only as pickled files, which can run hidden code" if pickled else "has no weights"
        raise EncoderUnavailable(f"“{name}” {kind}: only weights saved as safetensors are loaded.")


def _module_folders(folder: Path, name: str) -> list[str]:
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        return ["", *(module["path"] for module in modules)]
    except FileNotFoundError:
        return [""]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderUnavailable(f"“{name}” has a modules.json that cannot be read.") from error
