"""Two small networks over the encoder's frozen vectors: which words are cues, and what is a cue's source and content.

Convolutions over the row of words, in numpy; ``train/saying.py`` fits them on PolNeAR (Newell et al., LREC 2018) and on
the casebook, and writes ``attribution.npz`` beside the model whose vectors they read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from gesta.annotate.layers import convolved, positive
from gesta.annotate.model import Floats
from gesta.annotate.pairs import softmax
from gesta.attribute.page import Ints, Page, Vocabulary

#: Logits of the encoder's own cue head are cut at this size before they are read again.
_MOST_LOGIT = 10.0


class Networks:
    """The fitted networks with the vocabulary they know."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self._w: dict[str, Floats] = {
            name: value.astype(np.float32) for name, value in arrays.items() if value.dtype.kind == "f"
        }
        self.vocabulary = Vocabulary(
            labels=_numbered(arrays["labels"], 1),
            lemmas=_numbered(arrays["lemmas"], 1),
            ways=_numbered(arrays["ways"], 2),
        )

    def cues(self, page: Page) -> Floats:
        """Return for each row the chances [rows, 3] of no cue, a cue's first word, and a further word of one."""
        w = self._w
        inner = page.vectors @ w["cue.vector.weight"].T + w["cue.vector.bias"]
        inner += w["cue.tag"][page.tags] + w["cue.label"][page.labels] + w["cue.name"][page.names]
        inner += w["cue.quote"][page.quotes] + w["cue.lemma"][page.lemmas]
        logits = np.clip(page.cues, -_MOST_LOGIT, _MOST_LOGIT) / np.float32(_MOST_LOGIT / 2)
        inner = positive(np.asarray(inner + logits @ w["cue.logit"].T, dtype=np.float32))
        for layer in ("cue.first", "cue.second"):
            inner = inner + positive(convolved(inner, w[f"{layer}.weight"], w[f"{layer}.bias"], 1))
        return softmax(np.asarray(inner @ w["cue.out.weight"].T + w["cue.out.bias"], dtype=np.float32))

    def words(self, page: Page) -> Floats:
        """Return what does not depend on the cue, once for a report: [rows, width]."""
        w = self._w
        inner = page.vectors @ w["part.vector.weight"].T + w["part.vector.bias"]
        return np.asarray(inner + w["part.tag"][page.tags] + w["part.label"][page.labels] + w["part.name"][page.names])

    def parts(self, page: Page, words: Floats, cue: Sequence[int], marked: Ints) -> tuple[int, Floats]:
        """Return the first row of the words around a cue and their chances [rows, 3]: neither, source, content.

        ``words`` come from the method of that name; ``marked`` is 1 for every row that is part of some cue.
        """
        w, asked = self._w, page.asked(cue, marked)
        inner = words[asked.first : asked.last] + w["part.cue"] @ page.vectors[list(cue)].mean(0)
        inner += w["part.quote"][asked.quotes] + w["part.way"][asked.ways] + w["part.gap"][asked.gaps]
        inner += w["part.offset"][asked.offsets] + w["part.role"][asked.roles]
        inner = positive(inner)
        for layer, apart in (("part.first", 1), ("part.second", 3)):
            inner = inner + positive(convolved(inner, w[f"{layer}.weight"], w[f"{layer}.bias"], apart))
        return asked.first, softmax(inner @ w["part.out.weight"].T + w["part.out.bias"])


def _numbered(names: NDArray[np.generic], first: int) -> dict[str, int]:
    return {str(name): number for number, name in enumerate(names.tolist(), first)}
