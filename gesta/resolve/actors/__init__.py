"""Actors: who a noun phrase means, from our own tables of countries, peoples, nouns and groups.

``ActorResolver`` is the way in. It reads phrases by their words (``phrases``, ``reader``, ``roles``, ``names``,
``persons``) and ties what they say to actors with ids that hold across reports.
"""

from gesta.resolve.actors.resolver import ActorResolver

__all__ = ["ActorResolver"]
