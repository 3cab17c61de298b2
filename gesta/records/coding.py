"""What coding one report gives."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec

from gesta.ontology.plover import VERSION, plover
from gesta.records.base import Frozen, Span, make_id
from gesta.records.values import (
    COUNTED,
    Certainty,
    Framing,
    Grain,
    Modality,
    Precision,
    PublishedBasis,
    Stance,
    TieRelation,
    TimeBasis,
)
from gesta.text import settle


class Report(Frozen, frozen=True):
    """One published text. ``text`` is title, blank line, body; ``body_start`` is where the body begins.

    ``text`` is settled on construction (line ends, control characters), so offsets never move afterwards. ``id`` is a
    hash of text, publisher and url: a syndicated copy is another report, the same report read twice is one.
    """

    text: str
    id: str = ""
    body_start: int = 0
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    published_basis: PublishedBasis = "none"
    language: str = "en"
    origin: str = ""
    """Where it was read from: a path relative to the folder given, with ``#line`` in files of many reports."""
    revises: str | None = None
    """Id of the report at the same URL that this one corrects."""

    def __post_init__(self) -> None:
        settled = settle(self.text)
        if settled != self.text:
            if self.body_start:
                raise ValueError("a report with body_start must come with text already settled by gesta.text.settle")
            msgspec.structs.force_setattr(self, "text", settled)
        if not 0 <= self.body_start <= len(self.text):
            raise ValueError(f"body_start {self.body_start} lies outside the text of {len(self.text)} characters")
        if self.published is not None and self.published_basis == "none":
            msgspec.structs.force_setattr(self, "published_basis", "option")
        if not self.id:
            identity = make_id("r", self.text, self.publisher or "", self.url or "")
            msgspec.structs.force_setattr(self, "id", identity)

    @classmethod
    def of(cls, body: str, *, title: str | None = None, **fields: Any) -> Report:
        """Make a report from a title and a body, setting ``body_start``."""
        body, title = settle(body).strip("\n"), " ".join(settle(title or "").split()) or None
        head = f"{title}\n\n" if title else ""
        return cls(text=head + body, body_start=len(head), title=title, **fields)


class Evidence(Frozen, frozen=True):
    """The words behind one field of an event: ``report.text[start:end]``."""

    field: str
    start: int
    end: int


class Actor(Frozen, frozen=True):
    """Someone who acts or is acted on. ``kind``: state, organisation, group, person, people or unknown."""

    id: str
    name: str
    kind: str
    country: str | None = None
    """ISO 3166 alpha-3, or a PLOVER exception such as KOS, or an international code such as UNO."""
    sectors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    """Offices and functions of a person: with their dates those that the registry knows, else what the text says."""
    reasons: tuple[str, ...] = ()


class Participant(Frozen, frozen=True):
    """An actor as a source or target of one event, as the text puts it."""

    actor: str
    text: str
    span: Span
    role: str | None = None
    """The office or function the text gives ("president", "spokesman"); None if it gives none."""
    antecedent: Span | None = None
    """Where the words stand that a pronoun or nominal ("he", "the militia") was taken to mean; None for other words."""


class Alternative(Frozen, frozen=True):
    """Another reading of a toponym, with its score."""

    geonames_id: int | None
    name: str
    country: str | None
    score: float


class Place(Frozen, frozen=True):
    """A toponym and what it stands for. No coordinates at all rather than false ones."""

    name: str
    text: str
    span: Span
    role: str = "mention"
    """What it does in the report: event (one happened there), mention, actor (acting for its government), dateline."""
    use: Literal["literal", "associative"] = "literal"
    """Whether the place itself is meant ("in Kirkuk") or those who act in its name ("Baghdad rejected")."""
    basis: Literal["stated", "inferred"] = "stated"
    """Whether its words tell that the event was there, or only the story around it that it was in that country."""
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    admin1: str | None = None
    feature: str | None = None
    precision: Precision | None = None
    alternatives: tuple[Alternative, ...] = ()
    reasons: tuple[str, ...] = ()


class Time(Frozen, frozen=True):
    """A time expression as an interval of days, both ends included; None where it is open or unknown.

    ``value`` is in TIMEX3 form and keeps hours and minutes. ``basis`` says how it is known: stated in full, relative to
    another time, inferred from the calendar or the story, or only bounded (by the publication date).
    """

    value: str
    basis: TimeBasis
    grain: Grain | None = None
    start: date | None = None
    end: date | None = None
    kind: Literal["DATE", "TIME", "DURATION", "SET"] = "DATE"
    text: str = ""
    span: Span | None = None
    reasons: tuple[str, ...] = ()


class Toll(Frozen, frozen=True):
    """How many, of whom: killed, injured, arrested, missing, displaced or participants."""

    kind: Literal["killed", "injured", "arrested", "missing", "displaced", "participants"]
    low: int
    high: int | None
    """None if the text gives no upper bound ("at least 20")."""
    text: str
    span: Span
    whom: str | None = None
    whom_span: Span | None = None


class Claim(Frozen, frozen=True):
    """Who says so: a speaker (or none named), the cue, and the words that carry the content."""

    id: str
    report: str
    content: Span
    """From the first to the last word of what is said; ``parts`` leaves out what interrupts it ("…," he said, "…")."""
    stance: Stance
    """What the speaker does with the content, by the meaning of the whole."""
    certainty: Certainty = "certain"
    """How sure the claim puts it: "may" makes it possible, "so-called" doubted."""
    framing: Framing = "neutral"
    """What the author makes of it by the choice of words: "admitted" endorses, "claimed" distances."""
    speaker: Participant | None = None
    voice: Literal["author", "named", "unnamed", "medium", "untold"] = "untold"
    """Who speaks: the author ("I"), someone named, a kind of source ("officials"), a medium, or nobody told."""
    cue: str | None = None
    cue_span: Span | None = None
    parts: tuple[Span, ...] = ()
    within: str | None = None
    """Id of the claim that this one is told in ("X said Y had admitted …")."""
    confidence: float = 1.0
    """The chance that it is an attribution at all; an attitude ("stands behind") has less than a saying."""
    loaded: tuple[Evidence, ...] = ()
    """Words that judge ("regime", "terrorists"): the source's own, flagged, never adopted."""
    reasons: tuple[str, ...] = ()
    """Why stance, certainty and framing are as they are."""


class Loaded(Frozen, frozen=True):
    """Wording that takes a side: whose it is, what it judges, and whom it stands for by a plain name."""

    report: str
    judges: str
    """What the wording judges: illegitimacy, violence, intrusion, disloyalty, ideology, contempt or praise."""
    text: str
    span: Span
    claim: str | None = None
    """Id of the innermost claim whose words these are; None for the author's own voice."""
    actor: str | None = None
    """Id of the actor that the wording stands for; None where it stands for none ("a heroic defence")."""
    name: str | None = None
    """A plain name for that actor ("Iran (government)"), never the wording's."""


class Tie(Frozen, frozen=True):
    """A standing relation between two actors, as the text tells it once: ``actor`` stands in ``relation`` to ``other``.

    allied-with and at-war-with have no direction and are kept with the lesser actor id first. Only what somebody tells
    as true is a fact to anybody: see ``stance`` and ``certainty``.
    """

    id: str
    report: str
    actor: str
    relation: TieRelation
    other: str
    span: Span
    """The cue: the words that tell the relation."""
    actor_span: Span
    other_span: Span
    basis: Literal["clause", "noun", "title", "modifier"]
    """Whether a clause tells it ("commands"), a noun beside ("leader of"), a title or a modifier ("Norland-backed")."""
    ended: bool = False
    """Whether the text says that it is over ("former", "until 2020"). Its time may tell when."""
    stance: Stance = "asserts"
    """What its claim makes of it; a denied tie is kept as a denial."""
    certainty: Certainty = "certain"
    time: Time | None = None
    """When it held, as far as told: "since 2014" has a start alone, "until 2020" an end alone."""
    claim: str | None = None
    """Id of the claim it stands in; None where the author says so."""
    reasons: tuple[str, ...] = ()

    @property
    def told_as_fact(self) -> bool:
        """Whether it is neither denied nor in doubt; it may be over."""
        return self.stance == "asserts" and self.certainty == "certain"


class Event(Frozen, frozen=True):
    """One act told by one report. ``id`` hashes report, trigger span and ordinal; never the type or the model."""

    id: str
    report: str
    type: str
    modality: Modality
    sources: tuple[Participant, ...]
    targets: tuple[Participant, ...]
    evidence: tuple[Evidence, ...]
    ontology: str = "PLOVER 2.0"
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    within: str | None = None
    """Id of the speech act (THREATEN, REQUEST, ACCUSE ...) whose content this event is."""
    place: Place | None = None
    time: Time | None = None
    tolls: tuple[Toll, ...] = ()
    count: int = 1
    """More than one where the text tells an aggregate: "11 attacks in two months"."""
    claim: str | None = None
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    run: str = ""

    @property
    def mode(self) -> str | None:
        """The first of ``modes``, which is the one that describes the act best."""
        return self.modes[0] if self.modes else None

    @property
    def quad(self) -> int | None:
        """Quad class of the type, 1 to 4; None for a type of a user's ontology."""
        return plover().quad(self.type) if self.ontology == VERSION else None

    @property
    def intensity(self) -> float | None:
        """PLOVER's conflict-cooperation score of type and modes, -10 to 10; None for a user's ontology."""
        return plover().intensity(self.type, self.modes) if self.ontology == VERSION else None

    @property
    def cameo_root(self) -> str | None:
        """The CAMEO root that type and modes fall under; None for a user's ontology."""
        return plover().cameo_root(self.type, self.modes) if self.ontology == VERSION else None

    @property
    def trigger(self) -> Evidence:
        """The word that tells of the event."""
        return next(e for e in self.evidence if e.field == "trigger")

    @property
    def own_words(self) -> Span:
        """From the first to the last word it rests on, but for place and time, which another sentence may tell."""
        own = [e for e in self.evidence if e.field not in ("place", "time")] or list(self.evidence)
        return min(e.start for e in own), max(e.end for e in own)

    @property
    def counted(self) -> bool:
        """Whether the event counts as having happened (codebook, section 6)."""
        return self.modality in COUNTED


class Cause(Frozen, frozen=True):
    """One act told as the reason for another, as the text tells it once: "shelled the hills in response to the raid".

    ``effect`` answers ``cause``. Only what the words themselves say; what the order of events suggests is no cause.
    """

    id: str
    report: str
    effect: str
    """Id of the event that answers."""
    effect_span: Span
    cause_span: Span
    """The word that tells what is answered; it may be no act ("over rising prices")."""
    cause: str | None = None
    """Id of the event that is answered; None where it is no coded event."""
    cue: str | None = None
    """The words that state the link; None where only the order of two sentences does."""
    cue_span: Span | None = None
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()


class CausalRelation(Frozen, frozen=True):
    """Cause and effect as one sentence states them, coded or not: "prices rose, so they struck"; see ``coder.causes``.

    Spans hold whole phrases. A purpose ("marched to demand pay") counts as a cause, as in the Causal News Corpus.
    """

    cause: Span
    effect: Span
    sentence: Span
    signal: Span | None = None
    """The words that say so ("because of", "to"); None where nothing but the order of the two does."""
    confidence: float = 1.0
    """The chance that there is such a relation at this place."""


class Imprint(Frozen, frozen=True):
    """What an event is compared by across reports, beside its fields: the sense and the rarer words of its sentence."""

    event: str
    report: str
    happening: int
    """Number of the happening within the report; events of one number tell of one. See ``gesta.link.telling``."""
    meaning: tuple[int, ...]
    """Sentence embedding in 64 numbers from -127 to 127; see ``gesta.link.imprints``."""
    lemma: str
    """Of the trigger."""
    names: tuple[str, ...] = ()
    """Words of the proper names in the sentence, in lower case, sorted."""
    words: tuple[str, ...] = ()
    """Lemmas of its other content words, sorted."""


class Record(Frozen, frozen=True):
    """What coding one report gives."""

    report: Report
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    ties: tuple[Tie, ...] = ()
    loaded: tuple[Loaded, ...] = ()
    causes: tuple[Cause, ...] = ()
    imprints: tuple[Imprint, ...] = ()
    signature: tuple[int, ...] = ()
    """MinHash of the text's runs of words: near-copies share most of it. See ``gesta.link.signature``."""
    credits: tuple[str, ...] = ()
    """Agencies and papers that the text says it passes on: "(Tigris Wire)", "Source: ..."."""
    skipped: str | None = None
    """Why the report was not coded ("not English"); None if it was."""
