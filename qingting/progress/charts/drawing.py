"""Drawing with pygal: axes, points and lines are its work; what it does not know (bands, bars,
signs, words) is drawn beneath them in the same coordinates. Colours and letters are the sheet's."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pygal  # type: ignore[import-untyped]  # it has no types
from pygal.graph.dot import Dot  # type: ignore[import-untyped]
from pygal.graph.xy import XY  # type: ignore[import-untyped]

from qingting.progress.charts.markup import markup

# Loaded, it listens to every import of this process for maps of its own, in a way that Python has
# given up and warns of.
sys.meta_path[:] = [one for one in sys.meta_path if type(one) is not pygal.PluginImportFixer]

# Units of the picture, not of the screen: it is as wide as there is room.
WIDTH: Final = 360
_TOP: Final = 10
_BOTTOM: Final = 26
# Letters are this high on a phone; room is made for them, wherever they are drawn smaller.
_LETTER: Final = 13
# Nothing of the library's own: no sheet, no script, nothing that only those would use.
_PLAIN: Final[dict[str, Any]] = {
    "width": WIDTH,
    "css": (),
    "js": (),
    "no_prefix": True,
    "show_legend": False,
    "truncate_label": -1,
    "show_y_guides": True,
    "show_x_guides": False,
}

Point = tuple[float, float]
Tick = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a chart is drawn. across, up: ends of both axes, always whole. left, right: room
    beside the plot, height of the whole, in units of the picture."""

    across: Point
    up: Point
    ticks_across: Sequence[Tick]
    ticks_up: Sequence[Tick]
    left: float = 44
    right: float = 34
    height: int = 190


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one thing. look: its class. points: None breaks the line. line: whether they are
    joined. sizes: radius by point, where they differ."""

    look: str
    points: Sequence[Point | None]
    line: bool = False
    size: float = 3.0
    sizes: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """The whole width between two heights."""

    look: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Level:
    """A line across the whole width."""

    look: str
    at: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line from one point to another."""

    look: str
    begin: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Words:
    """Words at a point, moved by units of the picture."""

    look: str
    at: Point
    says: str
    moved: Point = (0, 0)


Mark = Band | Level | Stroke | Words


def room_for(words: Sequence[str]) -> float:
    """How much room the longest of them takes, in units of the picture."""
    widths = (sum(1.0 if ord(one) > 0x2E7F else 0.56 for one in word) for word in words)
    return max(widths, default=0.0) * _LETTER + 8


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn. key, title, says: as of the Chart."""

    key: str
    title: str
    says: str
    frame: Frame
    series: Sequence[Series]
    marks: Sequence[Mark] = field(default=())


def drawn(picture: Picture) -> str:
    """The markup of a picture of points and lines."""
    frame = picture.frame
    plot = _Plot(
        **_PLAIN,
        height=frame.height,
        xrange=frame.across,
        range=frame.up,
        x_labels=[{"value": at, "label": words} for at, words in frame.ticks_across],
        y_labels=[{"value": at, "label": words} for at, words in frame.ticks_up],
        x_labels_major=[],
        y_labels_major=[],
        allow_interruptions=True,
    )
    plot.room = (frame.left, frame.right)
    plot.marks = tuple(picture.marks)
    for one in picture.series:
        sizes = one.sizes or (one.size,) * len(one.points)
        pairs = zip(one.points, sizes, strict=True)
        values = [p and {"value": p, "node": {"r": size}} for p, size in pairs]
        plot.add(one.look, values, stroke=one.line, dots_size=one.size)
    return _markup(plot, picture.key, picture.title, picture.says, [s.look for s in picture.series])


@dataclass(frozen=True, slots=True)
class Grid:
    """Dots in rows and columns, bigger for more. rows: name and number by column, from above."""

    key: str
    title: str
    says: str
    look: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]


def drawn_grid(grid: Grid) -> str:
    """The markup of a grid of dots."""
    height = _TOP + _BOTTOM + 30 * len(grid.rows)
    plot = _Grid(**_PLAIN, height=height, x_labels=list(grid.columns))
    plot.room = (room_for([name for name, _ in grid.rows]), 10)
    for name, numbers in grid.rows:
        plot.add(name, list(numbers))
    names = [grid.look] * len(grid.rows)
    return _markup(plot, grid.key, grid.title, grid.says, names)


def _markup(plot: Any, key: str, title: str, says: str, names: Sequence[str]) -> str:
    return markup(plot.render_tree(), key, title, says, names)


class _Lean:
    """What both kinds of chart do otherwise than the library. room: at the left and at the right,
    for it guesses how wide words are in a face that is not ours. Nothing is put together for its
    tooltips and values, which took more time than the drawing and would be left out again."""

    room: Point = (44, 34)

    def _compute_margin(self) -> None:
        super()._compute_margin()  # type: ignore[misc]
        box: Any = self.margin_box  # type: ignore[attr-defined]
        box.left, box.right = self.room
        box.top, box.bottom = _TOP, _BOTTOM

    def _format(self, _serie: Any, _at: int) -> str:
        return ""

    def _tooltip_data(self, *_about: Any, **_more: Any) -> None:
        pass

    def _static_value(self, *_about: Any, **_more: Any) -> None:
        pass


class _Plot(_Lean, XY):  # type: ignore[misc]
    """Points and lines, with marks beneath."""

    marks: Sequence[Mark] = ()

    def _plot(self) -> None:
        beneath = self.svg.node(self.nodes["plot"], class_="marks")
        for mark in self.marks:
            self._mark(beneath, mark)
        super()._plot()

    def _mark(self, parent: Any, mark: Mark) -> None:
        view, node = self.view, self.svg.node
        if isinstance(mark, Band):
            top, bottom = view.y(mark.high), view.y(mark.low)
            sides = {"x": 0, "y": top, "width": view.width, "height": bottom - top}
            node(parent, "rect", class_=mark.look, **sides)
        elif isinstance(mark, Level):
            node(parent, "path", class_=mark.look, d=f"M0 {view.y(mark.at)} h{view.width}")
        elif isinstance(mark, Stroke):
            (x, y), (to_x, to_y) = view(mark.begin), view(mark.end)
            node(parent, "path", class_=mark.look, d=f"M{x} {y} L{to_x} {to_y}")
        else:
            x, y = view(mark.at)
            at = {"x": x + mark.moved[0], "y": y + mark.moved[1]}
            node(parent, "text", class_=mark.look, **at).text = mark.says


class _Grid(_Lean, Dot):  # type: ignore[misc]
    """Rows of dots."""
