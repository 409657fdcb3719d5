"""The editor of word sets that all bias probes share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from components.kit import link
from components.kit.candidates import reads_texts
from components.kit.choice import COLLECTION, encoder_name
from components.kit.kinds import drawn
from components.kit.widgets import pick
from components.kit.words import escape
from components.views.bias_inputs import MOST, NamedSet, read_set, refer, sets_from_text, sets_to_text, write_set
from embeddings.bias.checking import check_sets, display_names, shared_words, status
from embeddings.bias.lookup import Name
from embeddings.bias.probe import Input
from embeddings.bias.probes import PROBES
from embeddings.bias.word_sets import Rules, SetCheck, SetsCheck
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.space import Space

CHIPS, TEXT = "Chips", "Text"
MOST_CHIPS = 150  # a field of more answers slowly
PROBLEMS = 3
# A hundred words in the colour of what is chosen would be the loudest thing on the page.
QUIET = """
<style>
[class*="st-key-quiet_"] [data-tag-index] { background: rgba(128, 132, 149, 0.16); color: inherit; }
[class*="st-key-quiet_"] [data-tag-index] * { color: inherit; }
</style>
"""
LONGEST = 8_000  # letters of an address that every browser and server passes on
NOTE = "Divide words by commas or lines, or by spaces where there is no comma; a pasted list is taken apart so too."


class Edited(NamedTuple):
    """What was typed, and what the check says of it.

    Attributes:
        sets: as typed, in the order of the inputs.
        called: what each is called in sentences, in the same order.
        names: their usable texts and rows, duplicates left out, in the same order.
        to_encode: texts whose vectors must still be made.
        check: the check itself; None where a reference leads nowhere.
        problems: what stands in the way, as sentences; none where the probe can run.
    """

    sets: tuple[NamedSet, ...]
    called: tuple[str, ...]
    names: tuple[tuple[Name, ...], ...]
    to_encode: tuple[str, ...]
    check: SetsCheck | None
    problems: tuple[str, ...]

    @property
    def usable(self) -> bool:
        """Whether the probe can run."""
        return not self.problems


class WordSets:
    """An editor; its widgets and what was typed stand in the session under the prefix."""

    def __init__(self, prefix: str, slots: Sequence[Input], *, noun: str = "word") -> None:
        self.prefix = prefix
        self.slots = tuple(slots)
        self.noun = noun

    def fill(self, sets: Sequence[NamedSet]) -> None:
        """Put sets into the editor, in the order of its inputs; where there are fewer, the others become empty."""
        for number, slot in enumerate(self.slots):
            name, words = sets[number] if number < len(sets) else NamedSet("", ())
            st.session_state[self._key(slot, "name")] = name
            st.session_state[self._key(slot, "offered")] = list(dict.fromkeys(words))
            self._put(slot, words)

    def begin(self, parameter: str, filled: str, first: Sequence[NamedSet]) -> None:
        """Fill it once for a collection: from the link, which is read once in a session, or with these sets.

        Args:
            parameter: of the link.
            filled: where the session remembers for which collection it was done.
            first: the sets to begin with.
        """
        collection = link.read("collection", COLLECTION)
        if st.session_state.get(filled) == collection:
            return
        text = link.read(parameter) if filled not in st.session_state else ""
        st.session_state[filled] = collection
        try:
            self.fill(sets_from_text(text) if text else first)
        except EmbeddingError as error:
            st.error(escape(str(error)))
            self.fill(first)

    def carry(self, parameter: str, usual: Sequence[NamedSet] = ()) -> None:
        """Let the link carry the sets where they are not the usual ones; that they are too long for it is said."""
        same = self.is_empty() or self.sets() == tuple(usual)
        text = "" if same else sets_to_text(self.sets())
        fits = len(text) <= LONGEST
        link.write(parameter, text if fits else "")
        if not fits:
            st.caption("These sets are too long for a link; export the results to keep them.")

    def sets(self) -> tuple[NamedSet, ...]:
        """What was typed."""
        return tuple(
            NamedSet(" ".join(str(st.session_state.get(self._key(slot, "name")) or "").split()), self._words(slot))
            for slot in self.slots
        )

    def is_empty(self) -> bool:
        """Whether no set holds a word."""
        return not any(each.words for each in self.sets())

    def check(self, space: Space, own: Collection, rules: Rules, *, most: int = MOST, seed: int = 0) -> Edited:
        """What was typed and whether it can be used, without drawing it; see `refer` for `most` and `seed`."""
        sets = self.sets()
        titles = [slot.title for slot in self.slots]
        called = display_names(titles, [each.name for each in sets])
        try:
            found = [refer(each.words, own, most=most, seed=seed) for each in sets]
        except EmbeddingError as error:
            return Edited(sets, tuple(called.values()), ((),) * len(sets), (), None, (str(error),))
        words = dict(zip(called.values(), found, strict=True))
        check = check_sets(space, words, rules=rules.renamed(called), any_text=reads_texts(space.encoder))
        names = tuple(each.usable for each in check.sets) or ((),) * len(sets)
        to_encode = dict.fromkeys(word for each in check.sets for word in each.to_encode)
        problems = (*no_reader(space.encoder, own, check), *check.problems)
        return Edited(sets, tuple(called.values()), names, tuple(to_encode), check, problems)

    def draw(self, space: Space, own: Collection, rules: Rules, *, most: int = MOST, seed: int = 0) -> Edited:
        """Draw the editor, and give what was typed with its check."""
        form = pick(
            "Words as",
            [CHIPS, TEXT],
            key=f"{self.prefix}_form",
            help="Chips: take a word out by its ×, type or paste more. Text: for longer lists.",
            hide_label=True,
            linked=False,
        )
        edited = self.check(space, own, rules, most=most, seed=seed)
        st.html(QUIET)
        with st.container(key=f"quiet_{self.prefix}"):
            for number, slot in enumerate(self.slots):
                self._one(slot, as_chips=form == CHIPS)
                if edited.check is not None and edited.check.sets:
                    self._answer(slot, edited.check.sets[number], edited.check)
        if any(each.words for each in edited.sets):
            for problem in edited.problems[:PROBLEMS]:
                st.error(escape(problem))
        return edited

    def _one(self, slot: Input, *, as_chips: bool) -> None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{escape(slot.title)}**", width="content", help=slot.summary)
            st.text_input(
                f"Name of {slot.title}",
                key=self._key(slot, "name"),
                persist_state="session",
                placeholder="Name",
                max_chars=40,
                label_visibility="collapsed",
            )
        words = self._words(slot)
        (self._chips if as_chips and len(words) <= MOST_CHIPS else self._text)(slot, words)

    def _chips(self, slot: Input, words: tuple[str, ...]) -> None:
        key = self._key(slot, "chips")
        chosen = list(dict.fromkeys(words))
        offered = list(dict.fromkeys([*st.session_state.get(self._key(slot, "offered"), []), *chosen]))
        st.session_state[self._key(slot, "offered")] = offered
        st.session_state[key] = chosen
        st.multiselect(
            f"Words of {slot.title}",
            offered,
            key=key,
            accept_new_options=True,
            on_change=self._take_chips,
            args=(slot,),
            placeholder=slot.example or "Type or paste words",
            wrap=True,
            label_visibility="collapsed",
        )

    def _text(self, slot: Input, words: tuple[str, ...]) -> None:
        key = self._key(slot, "text")
        if read_set(str(st.session_state.get(key) or "")) != words:
            st.session_state[key] = write_set(words)
        st.text_area(
            f"Words of {slot.title}",
            key=key,
            height=110,
            on_change=self._take_text,
            args=(slot,),
            placeholder=slot.example,
            label_visibility="collapsed",
            help=NOTE,
        )

    def _answer(self, slot: Input, found: SetCheck, check: SetsCheck) -> None:
        """What the check says of one set, and the nearest spellings of missing words as buttons."""
        if not found.usable and not found.missing:
            return
        said = " · ".join(filter(None, [status(found, self.noun), shared_words(found.name, check.overlaps)]))
        st.caption(escape(said))
        for word, suggestions in found.missing[:PROBLEMS]:
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                st.caption(escape(f"“{word}” is not here.") + (" Instead:" if suggestions else ""), width="content")
                for other in suggestions:
                    st.button(
                        escape(other),
                        key=self._key(slot, f"instead_{word}_{other}"),
                        on_click=self._replace,
                        args=(slot, word, other),
                        type="tertiary",
                    )
        if len(found.missing) > PROBLEMS:
            st.caption(f"{len(found.missing) - PROBLEMS:,} more are missing.")

    def _take_chips(self, slot: Input) -> None:
        chips: list[str] = st.session_state[self._key(slot, "chips")]
        offered = st.session_state.get(self._key(slot, "offered"), [])
        # What stood there is kept as it is, such as a phrase; only what was typed just now is taken apart.
        self._put(slot, tuple(word for chip in chips for word in ((chip,) if chip in offered else read_set(chip))))

    def _take_text(self, slot: Input) -> None:
        self._put(slot, read_set(str(st.session_state[self._key(slot, "text")] or "")))

    def _replace(self, slot: Input, word: str, other: str) -> None:
        self._put(slot, tuple(dict.fromkeys(other if each == word else each for each in self._words(slot))))

    def _put(self, slot: Input, words: Sequence[str]) -> None:
        st.session_state[self._key(slot, "words")] = tuple(words)

    def _words(self, slot: Input) -> tuple[str, ...]:
        words: tuple[str, ...] = st.session_state.get(self._key(slot, "words"), ())
        return words

    def _key(self, slot: Input, what: str) -> str:
        return f"{self.prefix}_{slot.title.replace(' ', '_')}_{what}"


def slots_of(*probes: str, without: Sequence[str] = ()) -> tuple[Input, ...]:
    """The word sets that probes of the table ask for, each title once; of several it is said which one needs a set.

    Args:
        *probes: names in PROBES.
        without: names of inputs that come from elsewhere.
    """
    asked = [
        (probe, each)
        for probe in probes
        for each in PROBES[probe].inputs
        if each.form == "words" and each.name not in without
    ]
    users = {each.title: [probe for probe, other in asked if other.title == each.title] for _, each in asked}
    found: dict[str, Input] = {}
    for probe, each in asked:
        only = f"; for {probe} only." if len(probes) > 1 and len(users[each.title]) == 1 else "."
        found.setdefault(each.title, each._replace(summary=each.summary.removesuffix(".") + only))
    return tuple(found.values())


def rules_of(*probes: str) -> Rules:
    """What several probes ask of the sets that they share, beside how many words each needs."""
    rules = [PROBES[probe].rules for probe in probes]
    apart = dict.fromkeys(pair for each in rules for pair in each.apart)
    return Rules(apart=tuple(apart), large=tuple(dict.fromkeys(name for each in rules for name in each.large)))


def no_reader(encoder: str, own: Collection, check: SetsCheck) -> tuple[str, ...]:
    """Why words are missing from a collection of pictures where the encoder reads none; empty where it does."""
    if not drawn(own) or reads_texts(encoder) or not any(each.missing for each in check.sets):
        return ()
    return (
        f"{encoder_name(encoder)} looks at pictures only, so words have no vectors here. Name pictures by their "
        "number, such as #12, or by a column, such as shape=circle; or choose an encoder that reads too.",
    )
