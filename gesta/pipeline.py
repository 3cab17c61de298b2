"""The whole flow on one screen: a report goes down this list once and comes out as a record.

Every stage is a verb in the folder of that name, takes what stands on its right, and looks at one report at a time, so
``run/`` can map ``code_report`` over processes or machines. What looks across reports (``link/``, ``analyse/``) is SQL
over the record on disk.

    paths        read.read_paths          text, HTML, JSONL, CSV  -> Report, or Quarantined with its reason
    report.text  annotate (tools.nlp)     tokens, sentences, model -> Doc: tags, tree, names, readings
    doc          resolve.find_times       TIMEX grammar            -> Time ...
    doc          resolve.find_places      names, gazetteer         -> Place ...
    doc          find.find_events         triggers, roles, mode, modality, within -> Draft ...
    doc, drafts  find.find_responses      cues, both ends          -> Response ..., and answers that are nearly events
    doc, drafts  find.attach_tolls        numbers over the tree    -> Toll ...
    doc          attribute.find_loaded    words that take a side   -> Flagged ...
    doc, drafts  resolve.ActorResolver    names, nouns, countries  -> Participant, Actor
    doc, drafts  resolve.find_settings    own sentence, then story -> Setting: place and time of each event
    doc, actors  resolve.find_ties        cues of ties, both ends  -> TieDraft ...
    doc, drafts  attribute.find_claims    cues, speakers, contents -> Claim ...
    doc, claims  attribute.tell_wording   whose words, of whom     -> Loaded ...
    all of it    assemble.assemble        spans, ids, reasons      -> Event ... -> Record
    doc, events  link.make_imprints       sense and rare words     -> Imprint ...: what linking compares
    report.text  link.sign, find_credits  runs of words, bylines   -> signature, credits: what copies share
    records      store.Store.add          parts and manifest       -> the record folder
    the folder   link.link                pairs, clusters          -> Incident ..., Copy ..., the log
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
from spacy.language import Language

from gesta.annotate.model import Model
from gesta.annotate.pairs import Pairs
from gesta.assemble import Found, assemble
from gesta.attribute import Networks, find_claims, find_loaded, tell_wording
from gesta.find.events import find_events
from gesta.find.own import OwnModel
from gesta.find.responses import find_responses
from gesta.find.tolls import attach_tolls
from gesta.language import english_share
from gesta.link import find_credits, make_imprints, sign
from gesta.ontology.loaded import LoadedList, gesta_list
from gesta.read.addresses import month_in_url
from gesta.records import Record, Report
from gesta.resolve.actors import ActorResolver
from gesta.resolve.actors.registry import Registry
from gesta.resolve.places import Gazetteer, find_places
from gesta.resolve.setting import find_settings
from gesta.resolve.ties import find_ties
from gesta.resolve.times import find_times
from gesta.settings import CodeSettings

#: Below this share of common English words a text is left uncoded: what we would say of it would be noise.
LEAST_ENGLISH = 0.12


@dataclass(frozen=True, slots=True)
class Tools:
    """What the stages need beside the report: loaded once, never changed."""

    nlp: Language
    model: Model
    pairs: Pairs
    networks: Networks
    gazetteer: Gazetteer
    registry: Registry
    settings: CodeSettings
    run: str
    own: OwnModel | None = None
    loaded: LoadedList = field(default_factory=gesta_list)


def code_report(report: Report, tools: Tools) -> Record:
    """Code one report. The output depends on the report, the model and the settings alone."""
    if not report.text.strip():
        return Record(report=report, skipped="empty")
    if english_share(report.text) < LEAST_ENGLISH:
        return Record(report=report, skipped="not English")
    doc = tools.nlp(report.text)
    times = find_times(doc, published=report.published, around=month_in_url(report.url) if report.url else None)
    places = find_places(doc, report=report, gazetteer=tools.gazetteer, model=tools.model)
    drafts = find_events(doc, tools.model, tools.pairs, tools.own)
    drafts, responses = find_responses(doc, drafts, tools.model, tools.pairs if tools.own is None else None)
    triggers = list(dict.fromkeys(draft.trigger for draft in drafts))
    tolls = attach_tolls(doc, triggers, types={draft.trigger.i: draft.type for draft in drafts})
    read = tools.nlp.get_pipe("gesta_reader")
    flagged = find_loaded(doc, tools.model, tools.loaded, read)
    actors = ActorResolver(
        doc, report=report, registry=tools.registry, places=places, heads=tools.model.light, loaded=flagged
    )
    settings = find_settings(doc, drafts, report=report, places=places, times=times, model=tools.model)
    ties = find_ties(doc, actors=actors, times=times)
    told = list(dict.fromkeys([*triggers, *(tie.at for tie in ties)]))
    claims, claimed = find_claims(
        doc, tools.networks, report=report, actors=actors, event_triggers=told, model=tools.model
    )
    claims, loaded = tell_wording(flagged, claims, report=report, actors=actors)
    record = assemble(
        Found(
            report, doc, drafts, times, places, tolls, claims, claimed, actors, settings, ties,
            ontology=tools.own.ontology.name if tools.own else None, loaded=loaded, responses=responses,
        ),
        tools.settings,
        run=tools.run,
    )  # fmt: skip
    return msgspec.structs.replace(
        record,
        imprints=make_imprints(
            doc, record.events, model=tools.model, pairs=tools.pairs, body_start=report.body_start, causes=record.causes
        ),
        signature=sign(report),
        credits=find_credits(report, claims),
    )
