"""Languages as sources name them, as ISO 639-1 codes."""

from __future__ import annotations

import re

#: What news exports write instead of a two-letter code. Others are kept as they are: only "en" is ever coded.
_NAMES = {
    "english": "en", "eng": "en", "arabic": "ar", "ara": "ar", "persian": "fa", "farsi": "fa", "fas": "fa", "per": "fa",
    "french": "fr", "fra": "fr", "fre": "fr", "german": "de", "deu": "de", "ger": "de", "spanish": "es", "spa": "es",
    "portuguese": "pt", "por": "pt", "russian": "ru", "rus": "ru", "chinese": "zh", "zho": "zh", "chi": "zh",
    "turkish": "tr", "tur": "tr", "hebrew": "he", "heb": "he", "ukrainian": "uk", "ukr": "uk", "kurdish": "ku",
    "italian": "it", "ita": "it", "dutch": "nl", "nld": "nl", "japanese": "ja", "jpn": "ja", "korean": "ko",
    "hindi": "hi", "urdu": "ur", "indonesian": "id", "swahili": "sw", "pashto": "ps", "dari": "fa",
}  # fmt: skip
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9_-]+)?(?:\.[a-z0-9-]+)?", re.IGNORECASE)


def language_code(named: str | None) -> str | None:
    """Return the code for "English", "eng", "en-GB" or "en_US.UTF-8"; None for nothing."""
    words = (named or "").strip().casefold()
    if not words:
        return None
    first = re.split(r"[\s,;(/]", words, maxsplit=1)[0]
    if first in _NAMES:
        return _NAMES[first]
    found = _CODE.fullmatch(first)
    code = found[1] if found else first
    return _NAMES.get(code, code)
