"""What came out of a sum, in a few plain sentences that also say what speaks against it."""

from __future__ import annotations

from components.analogies.answered import ADD, DIRECTION, Answered, Top
from components.kit.words import escape, shorten

NAMED = 3
LENGTH = 40


def verdict(answered: Answered) -> str:
    """The sentences, as Markdown in which names are escaped."""
    top = answered.top
    if top is not None and top.ties > 1:
        said = [_tie(top), _least_like(answered) if answered.only_takes_away else ""]
    else:
        said = [_first(answered)] + ([] if top is None else [_inputs(answered, top), _parts(answered, top.row)])
    if DIRECTION not in answered.lists:
        said.append(f"{DIRECTION} does not apply: it needs a sum of the form b − a + c.")
    return " ".join(filter(None, said))


def expectation(answered: Answered) -> str:
    """How the expected answer fares, in one sentence; empty where none was given."""
    rank = answered.ranks.get(ADD)
    if rank is None:
        return ""
    name = f"*{called(answered, rank.row)}*"
    if rank.without_inputs is None:
        return f"The expected {name} is an input itself: it can come first only when inputs may be answers."
    if rank.without_inputs == 1:
        return f"{name} is the expected answer."
    others = [method for method, each in answered.ranks.items() if method != ADD and each.without_inputs == 1]
    also = f" but 1st by {listed(others)}" if others else ""
    return f"The expected {name} is {ordinal(rank.without_inputs)} by {ADD}{also}, inputs left out."


def called(answered: Answered, row: int) -> str:
    """An item within a sentence of Markdown; a picture by its number."""
    return escape(shorten(answered.short(row), LENGTH)) or "(an empty text)"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th …"""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def listed(names: list[str]) -> str:
    """a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _tie(top: Top) -> str:
    return (
        f"**No answer stands out**: {top.ties:,} candidates share the best score by {ADD}, {top.score:.2f}, "
        "and only their order in the collection decides which is listed first."
    )


def _first(answered: Answered) -> str:
    """Which answer comes first, and by which methods."""
    methods: dict[int, list[str]] = {}
    for method, found in answered.lists.items():
        methods.setdefault(int(found.rows[0]), []).append(f"{method} ({found.scores[0]:.2f})")
    clauses = [
        f"**{_in_full(answered, row)}**{', an input,' if row in answered.inputs.same else ''} "
        f"{'' if number else 'comes first '}by {listed(by)}"
        for number, (row, by) in enumerate(methods.items())
    ]
    return f"{'; '.join(clauses)}."


def _inputs(answered: Answered, top: Top) -> str:
    """What leaving the inputs out, or letting them in, does to the best answer."""
    name, ahead = called(answered, top.row), [f"*{called(answered, row)}*" for row in top.ahead[:NAMED]]
    if not answered.inputs.same:
        return "No input is among the candidates, so none had to be left out."
    if answered.inputs_in:
        return f"The best answer that is no input is **{name}**, {ordinal(top.rank)} by {ADD}." if ahead else ""
    if not ahead:
        return f"With inputs allowed *{name}* would still be 1st by {ADD}."
    more = f" and {len(top.ahead) - NAMED} more" if len(top.ahead) > NAMED else ""
    behind = ", ".join(ahead) + more if more else listed(ahead)
    return f"With inputs allowed *{name}* would be {ordinal(top.rank)} by {ADD}, behind {behind}."


def _parts(answered: Answered, best: int) -> str:
    """Whether an input alone finds the same."""
    parts = answered.parts
    if answered.only_takes_away:
        return _least_like(answered)
    if len(answered.inputs.terms) == 1:
        return "With one word there is nothing to add: these are its neighbours."
    name = called(answered, best)
    same = [f"*{escape(shorten(part, LENGTH))}*" for part, row in parts if row == best]
    if same:
        return f"But *{name}* is also what is nearest to {listed(same[:NAMED])} alone: the sum adds nothing to that."
    expected = answered.expected
    better = [f"*{escape(shorten(part, LENGTH))}*" for part, row in parts if row == expected]
    if expected is not None and better:
        found = called(answered, expected)
        return f"Nearest to {listed(better[:NAMED])} alone is *{found}*, the expected answer: the sum does worse."
    if len(parts) > NAMED:
        return f"None of the {len(parts)} added inputs alone has it first: the sum does more than its parts."
    each = [f"to *{escape(shorten(part, LENGTH))}* alone is *{called(answered, row)}*" for part, row in parts]
    return f"Nearest {listed(each)}: the sum finds what {'its part does' if len(parts) == 1 else 'its parts do'} not."


def _least_like(answered: Answered) -> str:
    names = [f"*{escape(shorten(term.name, LENGTH))}*" for term in answered.inputs.terms]
    cosine = f" ({ADD} is minus the cosine)" if len(names) == 1 else ""
    named = listed([*names[:NAMED], *(["the rest"] if len(names) > NAMED else [])])
    said = f"Nothing is added, so the list begins with what is least like {named}{cosine}."
    return f"{said} That means unlike it, not its opposite."


def _in_full(answered: Answered, row: int) -> str:
    return escape(shorten(answered.name(row), 2 * LENGTH)) or "(an empty text)"
