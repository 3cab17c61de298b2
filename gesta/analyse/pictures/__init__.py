"""Pictures of what is measured, as SVG or PNG, for reports: light or dark, the same bytes for the same numbers.

They need matplotlib (extra ``plot``), which is imported only when something is drawn. Sides have no colours of their
own: both are drawn alike.
"""

from __future__ import annotations

from gesta.analyse.pictures.chain import draw_chain
from gesta.analyse.pictures.forecast import draw_forecast
from gesta.analyse.pictures.reciprocity import draw_reciprocity
from gesta.analyse.pictures.series import draw_series

__all__ = ["draw_chain", "draw_forecast", "draw_reciprocity", "draw_series"]
