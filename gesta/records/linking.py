"""What looking across reports gives: incidents, copies, responses, and the log of what changed."""

from __future__ import annotations

from datetime import date
from typing import Literal

from gesta.records.base import Frozen
from gesta.records.values import Grain, Modality, Precision


class Pair(Frozen, frozen=True):
    """Two events that may tell of one happening, and the chance that they do. ``a`` sorts before ``b``."""

    a: str
    b: str
    chance: float


class Copy(Frozen, frozen=True):
    """A report that passes on another: word for word, cut, rewritten, or by its own word ("Tigris Wire reported")."""

    report: str
    of: str
    """Id of the report it passes on: the earlier one, or that of the publisher it credits."""
    kind: Literal["verbatim", "cut", "rewritten", "credited"]
    likeness: float
    """Share of the shorter text's runs of three words that the other has as well."""
    reason: str


class Party(Frozen, frozen=True):
    """Who did it or had it done to them, by the reports of an incident."""

    actor: str
    name: str
    country: str | None = None
    reports: int = 1
    """How many reports name it in this part."""


class Site(Frozen, frozen=True):
    """Where an incident was, as exactly as its reports tell. No coordinates at all rather than false ones."""

    name: str
    country: str | None = None
    admin1: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: Precision | None = None


class Range(Frozen, frozen=True):
    """A toll over all reports: the lowest and the highest figure told, and the best one.

    Of each source only its latest figure counts, since tolls rise. ``best`` is the figure of most independent sources,
    of equals the latest.
    """

    kind: str
    low: int
    best: int
    high: int | None
    """None if the highest figure has no upper bound ("at least 20")."""


class Version(Frozen, frozen=True):
    """One of several values that reports give for the same field."""

    value: str
    reports: tuple[str, ...]
    said_by: tuple[str, ...]
    """Publishers or, where the report names one, the speaker whose word it is."""


class Contest(Frozen, frozen=True):
    """A field in which the reports of an incident differ."""

    field: str
    """type, day, place, blame, happened, or a kind of toll."""
    versions: tuple[Version, ...]


class Agreed(Frozen, frozen=True):
    """The value of each field that most independent sources give, of equals the most exact."""

    type: str
    modality: Modality
    ontology: str
    modes: tuple[str, ...] = ()
    sources: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    start: date | None = None
    end: date | None = None
    grain: Grain | None = None
    place: Site | None = None
    tolls: tuple[Range, ...] = ()
    count: int = 1


class Incident(Frozen, frozen=True):
    """One happening told by one or more events, perhaps of many reports.

    ``id`` hashes its first event (by day of publication, then id): it changes only if an earlier report turns up, and
    the log tells so. Events themselves never change.
    """

    id: str
    events: tuple[str, ...]
    reports: int
    independent_sources: int
    """Reports that are no copies of one another and come from different publishers."""
    agreed: Agreed
    contested: tuple[Contest, ...] = ()
    first: date | None = None
    """Day of the first report."""
    last: date | None = None
    """Day of the last report."""
    confidence: float = 1.0
    """The lowest mean chance, over its events, of being one with the others; 1 if there is only one."""
    gone: bool = False
    """Whether it is no more: merged, split, or withdrawn. The log tells which."""


class Act(Frozen, frozen=True):
    """What one party did to another in an incident: one row for each pair of them, narrow enough to be counted fast.

    An incident without a source or target has NULL there; one of two sources and a target gives two acts.
    """

    incident: str
    type: str
    quad: int | None = None
    """Quad class: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict; None for types of users' own."""
    intensity: float | None = None
    """PLOVER's score of type and mode, -10 to 10."""
    first: date | None = None
    """First day; None where only a bound is known."""
    last: date | None = None
    """Last day, or the day by which it was."""
    country: str | None = None
    """Country of the place, ISO 3166 alpha-3."""
    source: str | None = None
    """Id of the actor who acted."""
    source_country: str | None = None
    source_sectors: tuple[str, ...] = ()
    target: str | None = None
    target_country: str | None = None
    target_sectors: tuple[str, ...] = ()
    killed: int | None = None
    """The toll's best figure."""
    injured: int | None = None
    counted: bool = True
    """Whether it counts as having happened; false as well for an incident that is no more."""


class Response(Frozen, frozen=True):
    """One incident answers another: ``stated`` by a text, or ``inferred`` from the dyad's history."""

    cause: str
    answer: str
    basis: Literal["stated", "inferred"]
    cue: str | None = None
    lag: int | None = None
    """Days between the two."""
    confidence: float = 1.0
    """How sure the statement is read; for an inferred one its strength, see ``gesta.link.infer``."""
    tellings: tuple[str, ...] = ()
    """Ids of the causes that state it."""


class Change(Frozen, frozen=True):
    """One entry of the log: what happened to an incident when new reports were linked, and why."""

    id: str
    kind: Literal["new", "joined", "left", "merged", "split", "renamed", "withdrawn"]
    incident: str
    others: tuple[str, ...] = ()
    """The incidents it was merged from, split into, or is called now."""
    events: tuple[str, ...] = ()
    reason: str = ""


class Linking(Frozen, frozen=True):
    """One pass of linking: which commits of the record it took in."""

    id: str
    linker: str
    """Version of the scorer; another one links everything anew."""
    seen: tuple[str, ...]
