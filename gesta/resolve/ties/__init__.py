"""Ties: standing relations between actors that the text states ("commander of the brigade", "Iran-backed militia").

``find_ties`` reads them off the tree by the cues of ``cues.tsv``; ``settle_ties`` makes records of them once it is
known who the ends are and which claim the words stand in.
"""

from gesta.resolve.ties.find import find_ties
from gesta.resolve.ties.settle import settle_ties

__all__ = ["find_ties", "settle_ties"]
