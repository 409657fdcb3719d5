"""What is said beside a word set while it is typed."""

from __future__ import annotations

from collections.abc import Sequence

from embeddings.bias.word_sets import Overlap, Rules, SetCheck
from embeddings.reading.wording import quoted, several

NAMED = 6
NEW = 3


def display_names(titles: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """What each set is called in sentences, by its title: the reader's name, where that is its alone."""
    own = [" ".join(name.split()) for name in names]
    return {
        title: name if name and own.count(name) == 1 and name not in titles else _both(name, title)
        for title, name in zip(titles, own, strict=True)
    }


def renamed(rules: Rules, names: dict[str, str]) -> Rules:
    """Rules about sets that are called otherwise."""
    apart, equal = (
        tuple((names[one], names[other]) for one, other in pairs if one in names and other in names)
        for pairs in (rules.apart, rules.equal)
    )
    return Rules(rules.fewest, apart, equal, tuple(names[each] for each in rules.large if each in names))


def status(check: SetCheck, noun: str = "word") -> str:
    """One line on a set: how many are usable, encoded just now, or doubled; missing ones are told one by one."""
    known = len(check.usable) - len(check.to_encode)
    parts, place = [several(len(check.usable), noun) + " usable"], "vocabulary" if noun == "word" else "the collection"
    if check.to_encode:
        named = f" ({_some(check.to_encode)})" if len(check.to_encode) <= NEW else ""
        parts.append(f"{len(check.to_encode):,} not in {place}, encoded just now{named}")
    elif known:
        parts.append(f"all in {place}")
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


def _both(name: str, title: str) -> str:
    return f"{name} ({title})" if name and name != title else title


def _some(words: Sequence[str]) -> str:
    more = f" and {len(words) - NAMED:,} more" if len(words) > NAMED else ""
    return quoted(words[:NAMED]) + more
