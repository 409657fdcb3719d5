"""From what the reader types to the sum it means: a parser by recursive descent.

sum      = [sign] product {sign product}
product  = factor {"*" factor}            at most one factor is not a number
factor   = number | name | row | "(" sum ")" | sign factor
name     = word {word | number} | quoted  words side by side are one name: ice cream
row      = "#" digits                     the twelfth item is #12
"""

from __future__ import annotations

from embeddings.analogies.expression import Expression, Term
from embeddings.analogies.tokens import Known, Token, tokens
from embeddings.errors import ExpressionError

MAX_LENGTH = 4_000
MAX_DEPTH = 50
MAX_WEIGHT = 1e6
NEGLIGIBLE = 1e-6

Sum = dict[tuple[str, int | None], Term]
Value = float | Sum


def parse(text: str, *, known: Known = lambda name: False) -> Expression:
    """The sum that an expression means, for example `king - man + 0.5*(woman + "ice cream")`.

    Args:
        text: at most 4,000 characters.
        known: whether a name exists. Without spaces, mother-in-law is one name if it does, else a difference.

    Raises:
        ExpressionError: it cannot be read, or everything cancels; the error carries the place.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            f"The expression has {len(text):,} characters; at most {MAX_LENGTH:,} can be read.", MAX_LENGTH, len(text)
        )
    if not text.strip():
        raise ExpressionError("Write a sum of words, for example king - man + woman.", 0, len(text))
    value = _Parser(list(tokens(text, known))).whole()
    terms = tuple(term for term in value.values() if abs(term.weight) >= NEGLIGIBLE)
    if not terms:
        raise ExpressionError("Nothing is left: the words cancel each other out.", 0, len(text))
    return Expression(text, terms)


class _Parser:
    def __init__(self, pieces: list[Token]) -> None:
        self.pieces = pieces
        self.place = 0
        self.depth = 0

    def whole(self) -> Sum:
        value = self.sum()
        piece = self.pieces[self.place]
        if piece.kind == ")":
            raise ExpressionError("This bracket was never opened.", piece.start, piece.end)
        if piece.kind != "end":
            raise self.unjoined(piece)
        if isinstance(value, float):
            raise self.bare(0)
        return value

    def sum(self) -> Value:
        begin = self.place
        total = self.product()
        while self.pieces[self.place].kind in ("+", "-"):
            if isinstance(total, float):
                raise self.bare(begin)
            sign = -1.0 if self.take().kind == "-" else 1.0
            second = self.place
            part = self.product()
            if isinstance(part, float):
                raise self.bare(second)
            _add(total, part, sign)
        return total

    def product(self) -> Value:
        begin = self.place
        total = self.factor()
        while self.pieces[self.place].kind in ("*", "/"):
            piece = self.take()
            if piece.kind == "/":
                raise ExpressionError(
                    "There is no division; multiply by 0.5 to halve, and put a name that contains a stroke in quotes.",
                    piece.start,
                    piece.end,
                )
            other = self.factor()
            if isinstance(total, float):
                total = _scaled(other, total)
            elif isinstance(other, float):
                total = _scaled(total, other)
            else:
                raise self.marked("Two words cannot be multiplied; one side of * must be a number.", begin)
            self.check(total, begin)
        return total

    def factor(self) -> Value:
        sign = 1.0
        while self.pieces[self.place].kind in ("+", "-"):
            sign *= -1.0 if self.take().kind == "-" else 1.0
        piece = self.take()
        if piece.kind == "(":
            return _scaled(self.bracket(piece), sign)
        if piece.kind == "number":
            return self.check(sign * float(piece.text), self.place - 1)
        if piece.kind in ("word", "quoted", "row"):
            term = self.name(piece)
            return {(term.name, term.row): term._replace(weight=sign)}
        raise self.missing(piece)

    def bracket(self, opening: Token) -> Value:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(f"More than {MAX_DEPTH} brackets inside each other.", opening.start, opening.end)
        value = self.sum()
        piece = self.pieces[self.place]
        if piece.kind == "end":
            raise ExpressionError("This bracket is never closed.", opening.start, opening.end)
        if piece.kind != ")":
            raise self.unjoined(piece)
        self.place += 1
        self.depth -= 1
        return value

    def name(self, piece: Token) -> Term:
        if piece.kind == "row":
            return _row(piece)
        words, end = [piece.text], piece.end
        while piece.kind == "word" and self.pieces[self.place].kind in ("word", "number"):
            words.append(self.pieces[self.place].text)
            end = self.take().end
        return Term(" ".join(words), 1.0, None, piece.start, end)

    def take(self) -> Token:
        self.place += 1
        return self.pieces[self.place - 1]

    def check(self, value: Value, begin: int) -> Value:
        weights = [value] if isinstance(value, float) else [term.weight for term in value.values()]
        if any(abs(weight) > MAX_WEIGHT for weight in weights):
            raise self.marked(f"A weight can be at most {MAX_WEIGHT:,.0f}.", begin)
        return value

    def marked(self, reason: str, begin: int) -> ExpressionError:
        return ExpressionError(reason, self.pieces[begin].start, self.pieces[self.place - 1].end)

    def bare(self, begin: int) -> ExpressionError:
        return self.marked("A number needs a word to multiply: 2*paris; to mean the text, put it in quotes.", begin)

    def missing(self, piece: Token) -> ExpressionError:
        before = self.pieces[self.place - 2] if self.place > 1 else None
        if before is None or before.kind == "(":
            wrong = piece if piece.kind != "end" or before is None else before
            return ExpressionError("A word is missing here.", wrong.start, wrong.end)
        return ExpressionError(f"A word is missing after “{before.text}”.", before.start, before.end)

    def unjoined(self, piece: Token) -> ExpressionError:
        before = self.pieces[self.place - 1]
        joined = "*" if before.kind == "number" else "+, - or *"
        return ExpressionError(f"Write {joined} between these two.", before.start, piece.end)


def _row(piece: Token) -> Term:
    number = int(piece.text[:12])
    if number == 0:
        raise ExpressionError("The first item is #1.", piece.start, piece.end)
    return Term(f"#{number}", 1.0, number - 1, piece.start, piece.end)


def _scaled(value: Value, by: float) -> Value:
    if isinstance(value, float):
        return value * by
    return {name: term._replace(weight=term.weight * by) for name, term in value.items()}


def _add(total: Sum, part: Sum, sign: float) -> None:
    for key, term in part.items():
        before = total[key].weight if key in total else 0.0
        total[key] = total.get(key, term)._replace(weight=before + sign * term.weight)
