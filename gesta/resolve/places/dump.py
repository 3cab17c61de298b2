"""Reading a GeoNames dump: allCountries.zip, one country's XX.zip, or the text inside, line by line.

The form is GeoNames' own (download.geonames.org/export/dump/readme.txt): UTF-8, no header, no quoting, 19 columns apart
by tabs. A row that cannot be read is counted with its reason and costs nothing but itself.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from gesta.errors import GestaError, UsageError
from gesta.resolve.actors.countries import by_code
from gesta.resolve.places.features import CLASSES, features
from gesta.resolve.places.names import fold
from gesta.resolve.places.rows import FAMES, KINDS, REGION, Row

COLUMNS = 19
_LONGEST_LINE = 1 << 18
"""Bytes. GeoNames' own lines stay below 60,000: 10,000 characters of other names at most."""
_FIRST_LINES = 3
_GIVE_UP = 10_000
"""A file whose first so many lines are all bad is not read to its end."""
_LARGEST = 1 << 40
"""No id or population comes near; SQLite takes less than 2 ** 63."""
_TELL_EVERY = 20_000
_ENCRYPTED = 1
"""A bit of a zip member's flags."""
_DAY = re.compile(r"\d{4}-[01]\d-[0-3]\d")
_REMEDY = "Give a file of download.geonames.org/export/dump: allCountries.zip, a country's such as IQ.zip, or its .txt"
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError)
"""What zipfile raises on an archive that is damaged, or packed in a way that Python cannot read."""


class DumpError(GestaError):
    """A file that is no GeoNames dump, or a damaged one."""


class RowError(Exception):
    """One row that cannot be read; the words say why."""


class Dumped(NamedTuple):
    """A place of a dump: its row, its other names as the dump spells them, and the day it was last changed, or "".

    The first of ``names`` is the name in ASCII.
    """

    row: Row
    names: list[str]
    changed: str


@dataclass(slots=True)
class Tally:
    """What became of the rows of a dump. ``left_out`` are good rows of features that the index does not hold.

    ``bad`` counts reasons and ``first`` has the numbers of the first lines of each; ``newest`` is the latest day on
    which a row was changed ("2024-05-01"), empty if none says; ``digest`` is the SHA-256 of the whole text.
    """

    lines: int = 0
    kept: int = 0
    left_out: int = 0
    bad: Counter[str] = field(default_factory=Counter)
    first: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    newest: str = ""
    digest: str = ""


class Dump:
    """A dump on disk. ``name`` is that of the text, which is the same zipped or not; ``size`` its bytes, unpacked."""

    def __init__(self, path: Path) -> None:
        """Look at ``path``; ``UsageError`` if there is no such file, ``DumpError`` if it is a zip without a dump."""
        self.path = path
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "is no file"
            raise UsageError(f"{path} {what}", where="--from", remedy=_REMEDY + ".")
        self._member: str | None = None
        self.name = path.name
        with self._explained():
            self.size = path.stat().st_size
            if path.suffix.casefold() == ".zip" or zipfile.is_zipfile(path):
                member = self._look_inside()
                self._member, self.name, self.size = member.filename, Path(member.filename).name, member.file_size

    def rows(self, tally: Tally, progress: Callable[[float], None]) -> Iterator[Dumped]:
        """Yield the places to keep, in file order, counting all rows in ``tally``; memory does not grow with the file.

        ``progress`` is called with the share of bytes read. ``DumpError`` if it is damaged or no row of it is kept.
        """
        digest, done = hashlib.sha256(), 0

        def count(piece: bytes) -> None:
            nonlocal done
            digest.update(piece)
            done += len(piece)

        with self._explained(), self._opened() as stream:
            for line in _lines(stream, count):
                tally.lines += 1
                if found := self._read(line, tally):
                    yield found
                if tally.lines % _TELL_EVERY == 0:
                    progress(min(done / max(self.size, 1), 1.0))
        tally.digest = digest.hexdigest()
        if not tally.kept:
            raise self._nothing(tally)
        progress(1.0)

    def _read(self, line: bytes | None, tally: Tally) -> Dumped | None:
        """Read one line, None for one too long to be a row, and count it."""
        try:
            if line is None:
                raise RowError(f"longer than {_LONGEST_LINE:,} bytes")
            found = read_row(line)
        except RowError as error:
            reason = str(error)
            tally.bad[reason] += 1
            if len(tally.first[reason]) < _FIRST_LINES:
                tally.first[reason].append(tally.lines)
            if tally.lines >= _GIVE_UP and not tally.kept and not tally.left_out:
                raise self._nothing(tally) from None
            return None
        if found is None:
            tally.left_out += 1
            return None
        tally.kept += 1
        tally.newest = max(tally.newest, found.changed)
        return found

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        if self._member is None:
            with self.path.open("rb") as plain:
                yield plain
            return
        with zipfile.ZipFile(self.path) as archive, archive.open(self._member) as packed:
            yield cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, packed), 1 << 20))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Put into words what reading a file may meet."""
        try:
            yield
        except _DAMAGED as error:
            raise self._damaged(error) from error
        except OSError as error:
            raise DumpError(f"cannot be read ({error.strerror or error})", where=str(self.path)) from error

    def _look_inside(self) -> zipfile.ZipInfo:
        try:
            with zipfile.ZipFile(self.path) as archive:
                return _text_of(archive, self.path)
        except (*_DAMAGED, ValueError, struct.error) as error:
            # The latter two for names and fields of its table of contents that make no sense.
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> DumpError:
        remedy = "Download it again; an interrupted download is cut off."
        return DumpError(f"the zip is damaged or cannot be unpacked ({error})", where=str(self.path), remedy=remedy)

    def _nothing(self, tally: Tally) -> DumpError:
        if not tally.lines:
            return DumpError("is empty", where=str(self.path), remedy=_REMEDY + ".")
        usual = tally.bad.most_common(1)
        why = f"; most are bad: {usual[0][0]}" if usual else ""
        return DumpError(
            f"no place to keep in {tally.lines:,} lines of {self.name}{why}",
            where=str(self.path),
            remedy=f"{_REMEDY}. What GeoNames has under export/zip are postal codes, which have another form.",
        )


def _lines(stream: BinaryIO, count: Callable[[bytes], None]) -> Iterator[bytes | None]:
    """Yield the lines of a stream, None in place of one that is too long; ``count`` is given every byte."""
    while line := stream.readline(_LONGEST_LINE):
        count(line)
        whole = len(line) < _LONGEST_LINE or line.endswith(b"\n")
        yield line if whole else None
        while not whole:
            rest = stream.readline(_LONGEST_LINE)
            count(rest)
            whole = len(rest) < _LONGEST_LINE or rest.endswith(b"\n")


def _text_of(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """Return the member that holds the dump: the text called like the archive, else the only one but the readme."""
    texts = [one for one in archive.infolist() if one.filename.casefold().endswith(".txt")]
    texts = [one for one in texts if Path(one.filename).stem.casefold() != "readme"]
    same = [one for one in texts if Path(one.filename).stem.casefold() == path.stem.casefold()]
    found = same or texts
    if len(found) != 1:
        held = ", ".join(one.filename for one in found[:5]) if found else "no text"
        raise DumpError(f"the zip holds {held} where one dump is wanted", where=str(path), remedy=_REMEDY + ".")
    if found[0].flag_bits & _ENCRYPTED:
        raise DumpError("the zip is locked with a password", where=str(path), remedy="Unpack it, and give the .txt.")
    return found[0]


def read_row(line: bytes) -> Dumped | None:
    """Return the place of one line, None if it is of a feature that is left out. ``RowError`` if it cannot be read."""
    try:
        columns = line.decode("utf-8-sig").rstrip("\r\n").split("\t")
    except UnicodeDecodeError:
        raise RowError("not UTF-8") from None
    if len(columns) != COLUMNS:
        raise RowError(f"not {COLUMNS} columns")
    place, name, ascii_name, others, latitude, longitude, group, code, country = columns[:9]
    number = _whole(place, "id")
    if not number or (group and group not in CLASSES):
        raise RowError("id 0" if not number else "no feature class of GeoNames")
    feature = features().get(f"{group}.{code}")
    if feature is None:
        return None
    name = name.strip()
    if not fold(name):
        raise RowError("no name")
    point = _point(latitude, longitude)
    people = _whole(columns[14], "population")
    kind, names = KINDS[feature.kind], [ascii_name, *others.split(",")] if others else [ascii_name]
    where, division = _country(country, columns[9], kind), f"{country}.{columns[10]}" if columns[10] else None
    if kind == REGION:
        # The middle of a river is no place where something happened, and the division there not the river's.
        point, division = (None, None), None
    fame = FAMES.get(kind, len(names) - 1)
    row = Row(number, name, *point, where, division, people, kind, 0, fame, code, feature.is_obscure(people, fame))
    return Dumped(row, names, columns[18] if _DAY.fullmatch(columns[18]) else "")


def _whole(text: str, what: str) -> int:
    """Return the number in ``text``, 0 if it is empty."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(_LARGEST)) or int(text) > _LARGEST:
        raise RowError(f"{what} no number" if not text.isdigit() else f"{what} out of range")
    return int(text)


def _point(latitude: str, longitude: str) -> tuple[float | None, float | None]:
    try:
        point = float(latitude), float(longitude)
    except ValueError:
        raise RowError("coordinates no numbers") from None
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise RowError("coordinates out of range")
    return point


def _country(code: str, others: str, kind: int) -> str:
    """Return our code of a country; empty for a region that lies in none (a sea) or also in ``others`` (a river)."""
    country = by_code(code) if len(code) == 2 else None
    if country is None and (code or kind != REGION):
        raise RowError("unknown country code")
    shared = kind == REGION and any(other and other != code for other in others.split(","))
    return country.iso3 if country and not shared else ""
