"""The layers that the small networks over frozen vectors are made of, in numpy."""

from __future__ import annotations

import numpy as np

from gesta.annotate.model import Floats


def positive(inner: Floats) -> Floats:
    """Rectify, in place: dearer functions of the same shape gain nothing here."""
    return np.maximum(inner, 0, out=inner)


def convolved(rows: Floats, weight: Floats, bias: Floats, apart: int) -> Floats:
    """Convolve rows [n, in] with ``weight`` [5, in, out] whose taps stand ``apart``; zeros beyond both ends."""
    reach = len(weight) // 2 * apart
    padded = np.pad(rows, ((reach, reach), (0, 0)))
    taps = [padded[tap * apart : tap * apart + len(rows)] for tap in range(len(weight))]
    stacked = np.concatenate(taps, axis=1)
    return np.asarray(stacked @ weight.reshape(-1, weight.shape[-1]) + bias, dtype=np.float32)
