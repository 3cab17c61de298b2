"""The Python door: ``gesta.load()`` gives a ``Coder``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from spacy.language import Language

from gesta.annotate.language import language
from gesta.annotate.model import Model, load_model
from gesta.annotate.pairs import Pairs
from gesta.attribute import Networks
from gesta.find.causes import CauseNetworks, find_relations, tell_causes
from gesta.find.marked import relate
from gesta.find.own import Learnt, OwnModel, learn
from gesta.ontology import VERSION
from gesta.ontology.loaded import LoadedList, loaded_list
from gesta.ontology.own import OwnOntology
from gesta.pipeline import Tools, code_report
from gesta.records import CausalRelation, Frozen, Place, Record, Report, Run, Span, Time, make_id
from gesta.registry import open_registry
from gesta.resolve.places import find_places, open_gazetteer
from gesta.resolve.times import find_times
from gesta.settings import CodeSettings
from gesta.version import __version__


class Relation(Frozen, frozen=True):
    """Type of a marked pair, its probability, those of all types, and whether the pair really is source and target."""

    type: str
    confidence: float
    probabilities: dict[str, float]
    real: float


class Coder:
    """Codes reports. Make one with ``gesta.load()`` and keep it: loading the model is the dear part."""

    def __init__(self, settings: CodeSettings | None = None, *, model: str | None = None) -> None:
        self.settings = settings or CodeSettings()
        self.nlp: Language = language(model)
        self.model: Model = load_model(model)
        own = self.settings.ontology
        own_model = OwnModel.load(Path(own), model=self.model.identity) if own else None
        self.gazetteer = open_gazetteer(self.settings.gazetteer)
        self.registry = open_registry(self.settings.registry)
        self.loaded: LoadedList = loaded_list(self.settings.loaded, alone=self.settings.loaded_alone)
        self.run = describe_run(
            self.settings, self.model.identity, gazetteer=self.gazetteer.about.version, registry=self.registry.version
        )
        self._tools = Tools(
            nlp=self.nlp,
            model=self.model,
            pairs=Pairs(self.model),
            networks=Networks(self.model.attribution),
            gazetteer=self.gazetteer,
            registry=self.registry,
            settings=self.settings,
            run=self.run.id,
            own=own_model,
            loaded=self.loaded,
        )

    def code(self, report: Report) -> Record:
        """Code one report."""
        return code_report(report, self._tools)

    def code_many(self, reports: Iterable[Report]) -> Iterator[Record]:
        """Code reports one after another, lazily. For several processes see ``gesta.run``."""
        for report in reports:
            yield self.code(report)

    def times(self, text: str, *, published: date | None = None) -> tuple[Time, ...]:
        """Return the time expressions of a text, relative ones anchored on ``published``."""
        return find_times(self.nlp(Report(text=text).text), published=published)

    def places(self, text: str) -> tuple[Place, ...]:
        """Return the toponyms of a text, resolved."""
        report = Report(text=text)
        return find_places(self.nlp(report.text), report=report, gazetteer=self.gazetteer, model=self.model)

    def relation(
        self, sentence: str, *, source: Span, target: Span, ontology: Literal["PLOVER", "PLV"] = "PLOVER"
    ) -> Relation:
        """Return the PLOVER type of one marked pair; ``source`` and ``target`` are offsets into ``sentence``.

        ``ontology="PLV"`` answers in the fifteen labels of that dataset, where YIELD stands for CONCEDE and RETREAT.
        """
        found = relate(self.nlp, self._tools.pairs, sentence, source=source, target=target)
        named = found.older if ontology == "PLV" else found.coded
        best = max(named, key=lambda label: named[label])
        return Relation(type=best, confidence=named[best], probabilities=named, real=found.real)

    def causes(self, text: str) -> tuple[CausalRelation, ...]:
        """Return the cause and effect that sentences of a text state, in text order; a record's own are of events."""
        return find_relations(self.nlp(Report(text=text).text), self._causes)

    def causal(self, sentence: str) -> float:
        """Return the chance that a sentence states cause and effect; the whole text is taken for one."""
        return tell_causes(self.nlp(Report(text=sentence).text), self._causes).chance

    @cached_property
    def _causes(self) -> CauseNetworks:
        return CauseNetworks(self.model.causes)

    def learn(self, ontology: OwnOntology) -> Learnt:
        """Learn a user's ontology over the frozen model; takes seconds."""
        tools = self._tools
        return learn(ontology, nlp=self.nlp, pairs=tools.pairs, labels=self.model.labels, model=self.model.identity)


def describe_run(
    settings: CodeSettings, model: str, *, gazetteer: str | None = None, registry: str | None = None
) -> Run:
    """What makes a row: its id is the hash of everything that can change the output.

    ``gazetteer`` is the version of the index of places, ``registry`` that of the actors, by default of those that the
    settings name.
    """
    named = settings.named() | {
        "gazetteer": gazetteer or open_gazetteer(settings.gazetteer).about.version,
        "registry": registry or open_registry(settings.registry).version,
    }
    if settings.loaded is not None:
        named["loaded"] = loaded_list(settings.loaded, alone=settings.loaded_alone).digest
    ontology = VERSION if settings.ontology is None else OwnModel.load(Path(settings.ontology), model=model).identity
    identity = make_id("x", __version__, model, ontology, *(f"{k}={v}" for k, v in sorted(named.items())))
    return Run(id=identity, gesta=__version__, model=model, ontology=ontology, settings=named)


def load(settings: CodeSettings | None = None, *, model: str | None = None) -> Coder:
    """Load the packaged model (or the one in the folder ``model``) and return a ``Coder``."""
    return Coder(settings, model=model)
