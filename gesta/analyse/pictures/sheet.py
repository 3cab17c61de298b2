"""The sheet that pictures are drawn on: its colours, its type, and how it is saved."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gesta.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Points of the smallest type, of labels and of titles; the smallest is readable where the sheet is 800 pixels wide.
SMALL, PLAIN, LARGE = 7.5, 8.5, 11.0
#: Dots an inch of a PNG: enough for print.
_DOTS = 200
#: What the file would otherwise say of the day and of the program that wrote it.
_SILENT: dict[str, dict[str, Any]] = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}
#: Names and words are nobody's formulas; text in an SVG stays text, and its ids are the same each time.
_SETTINGS: dict[str, Any] = {
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "gesta",
    "svg.id": None,
    "axes.unicode_minus": True,
    "font.size": PLAIN,
    "hatch.linewidth": 0.7,
}


@dataclass(frozen=True, slots=True)
class Colours:
    """What a sheet is drawn in."""

    ground: str
    ink: str
    faint: str
    """Second-rank text and what is grey."""
    grid: str
    hue: str
    """The one colour of what is measured, the same for either side."""


LIGHT = Colours(ground="#ffffff", ink="#1f2328", faint="#5b636b", grid="#dfe2e5", hue="#0072b2")
DARK = Colours(ground="#15191d", ink="#eceff1", faint="#a3acb4", grid="#343b42", hue="#56b4e9")
#: Okabe and Ito's colours, apart for every kind of colour-blindness: verbal and material cooperation, verbal and
#: material conflict.
QUADS = ("#56b4e9", "#009e73", "#e69f00", "#d55e00")
QUAD_NAMES = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


def mixed(colour: str, ground: str, share: float) -> str:
    """Return so much of a colour on a ground, both as in "#0072b2"."""
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(share * one + (1 - share) * other):02x}" for one, other in pairs)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A figure with its colours and its size in inches."""

    figure: Figure
    colours: Colours
    width: float
    height: float

    def across(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return how many inches a line of text is wide."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.font_manager import FontProperties

        font = FontProperties(size=size, weight="bold" if bold else "normal")
        canvas: Any = FigureCanvasAgg(self.figure)
        wide, _, _ = canvas.get_renderer().get_text_width_height_descent(text, font, False)
        return float(wide / self.figure.dpi)

    def title(self, text: str, below: str = "") -> None:
        """Write the title, and a line below it; each is drawn smaller, and at last cut, to stay on one line."""
        for line, most, least, top in ((text, LARGE, PLAIN, 0.1), (below, PLAIN, SMALL, 0.32)):
            fitting, size = self._fitted(line, most, least, bold=top <= 0.1)
            self.figure.text(
                0.12 / self.width,
                1 - top / self.height,
                fitting,
                color=self.colours.faint if top > 0.1 else self.colours.ink,
                fontsize=size,
                fontweight="normal" if top > 0.1 else "bold",
                va="top",
                ha="left",
            )

    def _fitted(self, text: str, most: float, least: float, *, bold: bool) -> tuple[str, float]:
        """Return a text and the size at which it is no wider than the sheet."""
        room = self.width - 0.24
        wide = self.across(text, most, bold=bold) if text else 0.0
        if wide <= room:
            return text, most
        size = max(least, most * room / wide * 0.99)
        wide *= size / most
        if wide > room:
            text = text[: int(len(text) * room / wide * 0.95)].rstrip() + " …"
        return text, size

    def foot(self, lines: Sequence[str]) -> None:
        """Write what the numbers are from and what to beware of, at the foot."""
        wrapped = self.foot_lines(lines)
        for i, line in enumerate(reversed(wrapped)):
            bottom = (0.08 + 0.145 * i) / self.height
            self.figure.text(
                0.12 / self.width, bottom, line, color=self.colours.faint, fontsize=SMALL, va="bottom", ha="left"
            )

    def foot_lines(self, lines: Sequence[str]) -> list[str]:
        """Return the lines as they are broken at the foot."""
        return [part for line in lines for part in folded(line, self.width * 16.5)]

    def axes(self, left: float, bottom: float, width: float, height: float, **more: Any) -> Axes:
        """Return axes placed in inches from the lower left, without a frame but the axis below and to the left."""
        place = (left / self.width, bottom / self.height, width / self.width, height / self.height)
        axes = self.figure.add_axes(place, facecolor=self.colours.ground, **more)
        for side, spine in axes.spines.items():
            spine.set_visible(side in ("left", "bottom"))
            spine.set_color(self.colours.faint)
        axes.tick_params(colors=self.colours.faint, labelcolor=self.colours.ink, labelsize=SMALL)
        axes.grid(axis="y", color=self.colours.grid, linewidth=0.6)
        axes.set_axisbelow(True)
        return axes

    def legend(self, handles: Sequence[Any], top: float, columns: int) -> None:
        """Put a legend at the left, ``top`` inches below the upper edge."""
        self.figure.legend(
            handles=list(handles),
            loc="upper left",
            bbox_to_anchor=(0.05 / self.width, 1 - top / self.height),
            ncols=columns,
            frameon=False,
            fontsize=SMALL,
            labelcolor=self.colours.ink,
            handlelength=1.6,
            columnspacing=1.4,
        )


@contextmanager
def sheet(path: Path, width: float, height: float, *, dark: bool) -> Iterator[Sheet]:
    """Give a sheet of so many inches and save it afterwards, with settings of our own that end with it.

    ``UsageError`` for an ending other than .svg and .png, a folder that is not there, or without matplotlib.
    """
    ending = checked(path)
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UsageError(
            "pictures need matplotlib", where=str(path), remedy='Run pip install "gesta-record[plot]".'
        ) from error
    colours = DARK if dark else LIGHT
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        settings: Any = matplotlib.rcParams
        # Older versions lack some of them and do the same without.
        settings.update({key: value for key, value in _SETTINGS.items() if key in settings})
        settings["hatch.color"] = colours.ground
        figure = Figure(figsize=(width, height), dpi=_DOTS, facecolor=colours.ground)
        yield Sheet(figure, colours, width, height)
        try:
            figure.savefig(path, format=ending, metadata=_SILENT[ending], facecolor=colours.ground)
        except OSError as error:
            raise UsageError(
                f"the picture cannot be written: {error.strerror or error}",
                where=str(path),
                remedy="Give a file in a folder that is there and may be written.",
            ) from error


def checked(path: Path) -> str:
    """Return the format that a file's ending asks for; ``UsageError`` for others than .svg and .png."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in _SILENT:
        raise UsageError(
            f"no picture is written as {path.suffix or 'a file without an ending'}",
            where=str(path),
            remedy="Give a name that ends in .svg or .png.",
        )
    return ending


def time_axis(axes: Axes, first: date, last: date) -> None:
    """Let an axis run over days, with as few labels as it takes."""
    dates = _dates()
    axes.set_xlim(place(first), place(last))
    locator = dates.AutoDateLocator(minticks=3, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
    axes.xaxis.get_offset_text().set_fontsize(SMALL)


def place(day: date) -> float:
    """Return where a day begins on a time axis."""
    return float(_dates().date2num(day))


def _dates() -> Any:
    """Matplotlib's dates, which bear no types."""
    from matplotlib import dates

    return dates


def folded(text: str, characters: float) -> list[str]:
    """Return a text in lines of at most so many characters."""
    return textwrap.wrap(text, max(10, int(characters))) or [""]


def number(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
