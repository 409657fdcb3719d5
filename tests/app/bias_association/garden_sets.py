"""The word sets of the garden, as they are and with one of them replaced."""

from components.views.bias_inputs import NamedSet

X, Y = ("rose", "tulip", "daisy", "lily"), ("ant", "flea", "wasp", "moth")
A, B = ("love", "peace", "joy"), ("ugly", "poison", "grief")
NAMES = ("Flowers", "Insects", "Pleasant", "Unpleasant")
SETS = tuple(NamedSet(name, words) for name, words in zip(NAMES, (X, Y, A, B), strict=True))


def replaced(number, words):
    return tuple(each._replace(words=tuple(words)) if n == number else each for n, each in enumerate(SETS))
