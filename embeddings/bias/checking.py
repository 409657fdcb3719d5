"""Whether word sets can be used: what is missing, doubled, shared or too few, in sentences for the reader."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations

from embeddings.bias.lookup import Lookup, Name, Names
from embeddings.bias.word_sets import ASSOCIATION, Missing, Overlap, Rules, SetCheck, SetsCheck
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.reading.wording import listed, quoted, several
from embeddings.space import Space

MOST_WORDS = 1_000
# The measure of sentiment was made for a lexicon of 1,855 and 4,443 words (Sweeney & Najafian 2019).
MOST_OF_LEXICON = 20_000
SHARE_NEEDED = 0.8
SUGGESTED_FOR = 12
# Words that a line on a set names, and new ones among them.
NAMED, NEW = 6, 3
_NUMBER = re.compile(r"[+\-−]?\d+(?:[.,]\d+)*\s?%?")


def split_words(text: str) -> list[str]:
    """The words of a pasted text: divided at line ends, commas, semicolons and tabs, or else at spaces."""
    marks = r"[\n,;\t]" if re.search(r"[\n,;\t]", text.strip()) else r"\s"
    return [word.strip() for word in re.split(marks, text) if word.strip()]


def check_sets(
    space: Space,
    sets: Mapping[str, Names],
    *,
    rules: Rules = ASSOCIATION,
    vectors_of: VectorsOf = NONE_GIVEN,
    any_text: bool = False,
) -> SetsCheck:
    """Check word sets before a probe, quick enough to run as the reader types.

    Args:
        space: whose vectors are used.
        sets: by name; texts, or rows of the space.
        rules: what the probe asks for.
        vectors_of: vectors of words that the space does not hold.
        any_text: the encoder can make a vector of any text, so that no word is missing.

    Raises:
        ValueError: a row is out of range.
    """
    too_large = [
        f"{name} has {len(words):,} words; a set can hold up to {_most(name, rules):,}."
        for name, words in sets.items()
        if len(words) > _most(name, rules)
    ]
    if too_large:
        return SetsCheck((), (), tuple(too_large), ())
    lookup = Lookup(space, vectors_of)
    checks = tuple(_check(lookup, name, words, any_text) for name, words in sets.items())
    overlaps = tuple(filter(None, (_overlap(lookup, *pair) for pair in combinations(checks, 2))))
    problems = [problem for name, words in sets.items() if (problem := _numbers(lookup, name, words))]
    problems += [problem for check in checks if (problem := _too_few(check, rules.fewest))]
    problems += _between(checks, overlaps, rules)
    notes = (*_notes(checks, overlaps, rules), *filter(None, (_without_direction(lookup, each) for each in checks)))
    return SetsCheck(checks, overlaps, tuple(problems), notes)


def status(check: SetCheck, noun: str = "word") -> str:
    """One line on a set: how many are usable, encoded just now, or doubled; missing ones are told one by one."""
    known = len(check.usable) - len(check.to_encode)
    place, count = "word list" if noun == "word" else "collection", several(len(check.usable), noun)
    parts = [count]
    if check.to_encode:
        named = f": {_some(check.to_encode)}" if len(check.to_encode) <= NEW else ""
        parts = [f"{count}, {len(check.to_encode):,} of them outside the {place} (encoded as typed{named})"]
    elif known:
        parts = [f"{count}, all in the {place}"]
    if check.duplicates:
        parts.append(f"{_some(tuple(dict.fromkeys(check.duplicates)))} twice, counted once")
    if check.respelt:
        parts.append(", ".join(f"“{typed}” read as “{found}”" for typed, found in check.respelt[:NAMED]))
    return " · ".join(parts)


def shared_words(name: str, overlaps: Sequence[Overlap]) -> str:
    """Which of a set's words stand in another set too."""
    told = []
    for first, second, words in overlaps:
        if name in (first, second):
            told.append(f"{_some(words)} also in {second if name == first else first}")
    return " · ".join(told)


def display_names(titles: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """What each set is called in sentences, by its title: the reader's name, where that is its alone."""
    own = [" ".join(name.split()) for name in names]
    return {
        title: name if name and own.count(name) == 1 and name not in titles else _both(name, title)
        for title, name in zip(titles, own, strict=True)
    }


def _most(name: str, rules: Rules) -> int:
    return MOST_OF_LEXICON if name in rules.large else MOST_WORDS


def _without_direction(lookup: Lookup, check: SetCheck) -> str:
    """What is said of words whose vector is zero."""
    new = set(check.to_encode)
    known = [word for word in check.usable if word not in new]
    vectors = lookup.vectors(known) if known else ()
    zero = [lookup.text(word) for word, vector in zip(known, vectors, strict=True) if not vector.any()]
    if not zero:
        return ""
    have, them = ("has", "it") if len(zero) == 1 else ("have", "them")
    return f"{quoted(zero)} in {check.name} {have} no direction (length zero): every cosine with {them} counts as 0."


def _check(lookup: Lookup, name: str, words: Names, any_text: bool) -> SetCheck:
    usable: dict[Name, Name] = {}
    to_encode, missing, duplicates, respelt = [], [], [], []
    for word in words:
        if isinstance(word, bool | float) or (isinstance(word, str) and not word.strip()):
            continue
        key = lookup.key(word)
        if key in usable:
            duplicates.append(lookup.text(word))
        elif lookup.knows(word):
            usable[key] = word
            row = lookup.row(word)
            if isinstance(word, str) and row is not None and lookup.text(row) != word:
                respelt.append((word, lookup.text(row)))
        elif any_text and isinstance(word, str) and not _NUMBER.fullmatch(word.strip()):
            usable[key] = word
            to_encode.append(word)
        else:
            missing.append(str(word))
    found = tuple(
        Missing(word, lookup.suggestions(word) if place < SUGGESTED_FOR else ())
        for place, word in enumerate(dict.fromkeys(missing))
    )
    return SetCheck(name, tuple(usable.values()), tuple(to_encode), found, tuple(duplicates), tuple(respelt))


def _numbers(lookup: Lookup, name: str, words: Names) -> str:
    """A problem where numbers stand for words; a number that the space holds is a word like any other."""
    for word in words:
        typed = isinstance(word, str) and _NUMBER.fullmatch(word.strip()) and not lookup.knows(word)
        if typed or isinstance(word, bool | float):
            return f"{name} holds the number {word}; a set holds words."
    return ""


def _too_few(check: SetCheck, fewest: int) -> str:
    known, unknown = len(check.usable), len(check.missing)
    if unknown and known < max(fewest, SHARE_NEEDED * (known + unknown)):
        hints = [f"“{word}”{_hint(suggestions)}" for word, suggestions in check.missing]
        return (
            f"Only {known} of the {known + unknown} words of {check.name} are in this collection; at least "
            f"{100 * SHARE_NEEDED:.0f} % and {several(fewest, 'word')} are needed. Missing: {listed(hints)}."
        )
    if known < fewest:
        return f"{check.name} needs at least {several(fewest, 'word')}, got {known}."
    return ""


def _hint(suggestions: Sequence[str]) -> str:
    return f" (did you mean {', '.join(suggestions)}?)" if suggestions else ""


def _between(checks: Sequence[SetCheck], overlaps: Sequence[Overlap], rules: Rules) -> list[str]:
    sizes = {check.name: len(check.usable) for check in checks}
    problems = []
    for first, second, words in overlaps:
        if (first, second) not in rules.apart:
            continue
        if len(words) == sizes[first] == sizes[second]:
            problems.append(f"{first} and {second} hold the same words, so there is nothing to compare.")
        else:
            verb = "stands" if len(words) == 1 else "stand"
            problems.append(f"{quoted(words)} {verb} in both {first} and {second}; a word can be in one only.")
    for first, second in rules.equal:
        if sizes[first] != sizes[second]:
            larger = first if sizes[first] > sizes[second] else second
            problems.append(
                f"{first} and {second} must be as many, for the test deals their words out into halves; "
                f"{first} has {sizes[first]} usable and {second} {sizes[second]}: "
                f"take {abs(sizes[first] - sizes[second])} from {larger}."
            )
    return problems


def _overlap(lookup: Lookup, first: SetCheck, second: SetCheck) -> Overlap | None:
    keys = {lookup.key(word) for word in first.usable}
    shared = tuple(lookup.text(word) for word in second.usable if lookup.key(word) in keys)
    return Overlap(first.name, second.name, shared) if shared else None


def _notes(checks: Sequence[SetCheck], overlaps: Sequence[Overlap], rules: Rules) -> tuple[str, ...]:
    notes = []
    for check in checks:
        if check.missing:
            notes.append(f"{check.name} goes without {quoted(each.word for each in check.missing)}: not in this space.")
        if check.duplicates:
            notes.append(f"{check.name} holds {quoted(dict.fromkeys(check.duplicates))} more than once; once counts.")
        if check.respelt:
            pairs = listed([f"“{typed}” as “{found}”" for typed, found in check.respelt])
            notes.append(f"{check.name}: found in another case of the letters: {pairs}.")
    for first, second, words in overlaps:
        if (first, second) not in rules.apart:
            notes.append(f"{quoted(words)} in both {first} and {second}: a word is always nearest to itself.")
    return tuple(notes)


def _both(name: str, title: str) -> str:
    return f"{name} ({title})" if name and name != title else title


def _some(words: Sequence[str]) -> str:
    more = f" and {len(words) - NAMED:,} more" if len(words) > NAMED else ""
    return quoted(words[:NAMED]) + more
