"""Coreference of actors within a report: whom "he", "they", "the militia" and the owner in "its forces" stand for."""

from gesta.resolve.actors.coreference.entities import Entity
from gesta.resolve.actors.coreference.quoted import SpeakerOf
from gesta.resolve.actors.coreference.ranker import THRESHOLDS, Ranker
from gesta.resolve.actors.coreference.referents import Referent, Referents
from gesta.resolve.actors.coreference.walk import Candidate, Choose, Walk, find_antecedents
from gesta.resolve.actors.coreference.wordlists import words

OWNING = words("owning")
"""Pronouns that own what follows them: "its forces"."""

__all__ = [
    "OWNING", "THRESHOLDS", "Candidate", "Choose", "Entity", "Ranker", "Referent", "Referents", "SpeakerOf", "Walk",
    "find_antecedents",
]  # fmt: skip
