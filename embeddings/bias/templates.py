"""Sentences that say little but hold a word: how a sentence encoder is asked about words."""

from __future__ import annotations

from collections.abc import Sequence

from embeddings.zero_shot import SLOT, check_templates

ARTICLE = "{a}"

# The forms that May, Wang, Bordia, Bowman & Rudinger (2019) wrote for each kind of word; {a} is "a" or "an".
TEMPLATES: dict[str, tuple[str, ...]] = {
    "any word": ("This is {}.", "That is {}.", "{} is here.", "{} is there."),
    "names": (
        "This is {}.",
        "That is {}.",
        "There is {}.",
        "Here is {}.",
        "{} is here.",
        "{} is there.",
        "{} is a person.",
        "The person's name is {}.",
    ),
    "nouns": (
        "This is {a} {}.",
        "That is {a} {}.",
        "There is {a} {}.",
        "Here is {a} {}.",
        "The {} is here.",
        "The {} is there.",
    ),
    "nouns without a plural": ("This is {}.", "That is {}.", "There is {}.", "It is {}."),
    "plural nouns": (
        "These are {}.",
        "Those are {}.",
        "They are {}.",
        "The {} are here.",
        "The {} are there.",
    ),
    "adjectives": ("This is {}.", "That is {}.", "They are {}."),
    "verbs": ("This will {}.", "This did {}.", "This can {}.", "This may {}."),
}


def fill(template: str, word: str) -> str:
    """A sentence: the word in its slot, the article that fits its first letter, a capital at the start."""
    article = "an" if word[:1].lower() in set("aeiou") else "a"
    text = template.replace(ARTICLE, article).replace(SLOT, word)
    return text[:1].upper() + text[1:]


def sentences(words: Sequence[str], templates: Sequence[str]) -> list[str]:
    """Every word in every template, word by word.

    Raises:
        EmbeddingError: there is no template, or one has no place for the word.
    """
    forms = check_templates(templates)
    return [fill(form, word) for word in words for form in forms]
