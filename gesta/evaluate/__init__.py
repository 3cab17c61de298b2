"""Scorers: how well a coder reads, measured on labelled data. One function a task; each gives a ``Score``."""

from gesta.evaluate.score import Row, Score
from gesta.evaluate.score_actors import actors
from gesta.evaluate.score_attribution import attribution
from gesta.evaluate.score_causes import causes
from gesta.evaluate.score_claims import claims
from gesta.evaluate.score_copies import copies
from gesta.evaluate.score_events import events
from gesta.evaluate.score_incidents import incidents
from gesta.evaluate.score_names import names
from gesta.evaluate.score_parses import parses
from gesta.evaluate.score_places import places
from gesta.evaluate.score_relations import relations
from gesta.evaluate.score_responses import responses
from gesta.evaluate.score_sentences import sentences
from gesta.evaluate.score_ties import ties
from gesta.evaluate.score_times import times

__all__ = [
    "Row", "Score", "actors", "attribution", "causes", "claims", "copies", "events", "incidents", "names", "parses",
    "places", "relations", "responses", "sentences", "ties", "times",
]  # fmt: skip
