from importlib import import_module
from typing import get_args

import pytest

from benchmarks.__main__ import main
from benchmarks.figure import Comparison, Direction, Figure, Measured, compared, met
from benchmarks.machine import this_machine
from benchmarks.table import BENCHMARKS, HEADINGS, markdown, row

FIGURES = [figure for benchmark in BENCHMARKS.values() for figure in benchmark.figures]
SHARE = Figure("a thing", "another thing", "share", 0.5, "at most")
NO_FLAGS = frozenset[str]()


def test_every_benchmark_can_be_imported_and_run():
    run = {name: callable(import_module(each.module).run) and each.figures for name, each in BENCHMARKS.items()}
    assert [name for name, can in run.items() if not can] == []


def test_every_figure_says_what_it_promises():
    said = {figure: says_what_it_promises(figure) for figure in FIGURES}
    assert [figure for figure, says in said.items() if not says] == []


def says_what_it_promises(figure):
    known = figure.compare in get_args(Comparison) and figure.direction in get_args(Direction)
    return figure.what and figure.baseline and known and (figure.target is None) == (figure.direction == "printed")


@pytest.mark.parametrize(
    ("compare", "expected"),
    [("share", 0.5), ("speed-up", 2.0), ("difference", -2.0), ("distance", 2.0), ("value", 2.0)],
)
def test_comparisons(compare, expected):
    assert compared(SHARE._replace(compare=compare), Measured(2.0, 4.0, "1")) == expected


def test_target_is_met_at_the_limit_and_missed_beyond():
    assert met(SHARE, Measured(1.0, 2.0, "1"), NO_FLAGS) is True
    assert met(SHARE, Measured(1.1, 2.0, "1"), NO_FLAGS) is False
    assert met(SHARE._replace(direction="at least"), Measured(0.9, 2.0, "1"), NO_FLAGS) is False


def test_target_that_needs_a_processor_does_not_apply_to_others():
    figure = SHARE._replace(needs="avx512_bf16")
    assert met(figure, Measured(9.0, 2.0, "1"), NO_FLAGS) is None
    assert met(figure, Measured(9.0, 2.0, "1"), frozenset({"avx512_bf16"})) is False


def test_table_has_one_line_a_figure_in_aligned_columns():
    lines = markdown(
        [row(SHARE, Measured(1.0, 4.0, "3"), NO_FLAGS), row(SHARE, Measured(1500.0, 2.0, "3"), NO_FLAGS)]
    ).splitlines()
    assert len({len(line) for line in lines}) == 1
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert tuple(cells[0]) == HEADINGS
    assert cells[2] == ["a thing", "1 s", "another thing", "4 s", "0.25", "≤ 0.5", "yes", "3"]
    assert cells[3][6] == "NO"


def test_unknown_benchmark_is_named(capsys):
    with pytest.raises(SystemExit):
        main(["speed"])
    assert "there is no benchmark “speed”" in capsys.readouterr().err


def test_machine_says_how_many_cores():
    machine = this_machine()
    assert machine.cores >= 1
    assert f"{machine.cores} cores" in str(machine)
