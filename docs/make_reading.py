"""Write docs/reading.md and its drawings: ten news sentences as the packaged model reads them, errors marked.

    python docs/make_reading.py

``docs/reading/sentences.conllu`` holds the sentences with the trees and names that we ourselves give them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from spacy import displacy
from spacy.tokens import Doc

import gesta
from gesta.evaluate.conllu import Sentence, read_treebank

HERE = Path(__file__).parent
SENTENCES = HERE / "reading" / "sentences.conllu"
PAGE = HERE / "reading.md"

Name = tuple[int, int, str]


@dataclass(frozen=True)
class Read:
    """One sentence: what we say of it, and what the model says."""

    text: str
    gold: Sentence
    gold_names: frozenset[Name]
    doc: Doc

    @property
    def names(self) -> frozenset[Name]:
        return frozenset((ent.start, ent.end, ent.label_) for ent in self.doc.ents)

    @property
    def counted(self) -> list[int]:
        """The words whose heads are judged: all but punctuation, as is usual."""
        return [i for i, word in enumerate(self.gold) if word.relation != "punct"]

    def right_head(self, i: int) -> bool:
        return bool(self.doc[i].head.i == self.gold[i].head)

    def right(self, i: int) -> bool:
        """Head and relation, without its subtype."""
        return self.right_head(i) and _relation(self.doc, i) == self.gold[i].relation.split(":")[0]

    def wrong_tags(self) -> list[int]:
        return [i for i, word in enumerate(self.gold) if self.doc[i].pos_ != word.upos]


def _relation(doc: Doc, i: int) -> str:
    return "root" if doc[i].head.i == i else doc[i].dep_.split(":")[0]


def _names(text: str) -> frozenset[Name]:
    found = re.findall(r"(\d+)-(\d+) (\w+)", text)
    return frozenset((int(first) - 1, int(last), label) for first, last, label in found)


def read_all() -> list[Read]:
    """Read each sentence from its text, alone, as the program would."""
    source = SENTENCES.read_text(encoding="utf-8")
    texts = re.findall(r"^# text = (.*)$", source, re.MULTILINE)
    names = re.findall(r"^# names = (.*)$", source, re.MULTILINE)
    gold = [sentence for document in read_treebank(SENTENCES).documents for sentence in document]
    nlp = gesta.load().nlp
    found = []
    for text, named, sentence in zip(texts, names, gold, strict=True):
        doc = nlp(text)
        if [token.text for token in doc] != [word.text for word in sentence]:
            raise ValueError(f"{SENTENCES}: our tokens of {text!r} are {[token.text for token in doc]}")
        found.append(Read(text, sentence, _names(named), doc))
    return found


def drawing(read: Read) -> str:
    """The model's tree as SVG; a cross stands before the relation of a wrong arc, two where the head is wrong too."""
    words = [{"text": token.text, "tag": token.pos_} for token in read.doc]
    arcs = []
    for i, token in enumerate(read.doc):
        if token.head.i != i:
            mark = "" if read.right(i) or i not in read.counted else "× " if read.right_head(i) else "×× "
            first, last = sorted((i, token.head.i))
            direction = "left" if i < token.head.i else "right"
            arcs.append({"start": first, "end": last, "label": mark + _relation(read.doc, i), "dir": direction})
    options = {"compact": True, "distance": 84, "word_spacing": 30, "font": "sans-serif", "bg": "#ffffff"}
    drawn: str = displacy.render({"words": words, "arcs": arcs}, style="dep", manual=True, options=options, page=False)
    return re.sub(r"[0-9a-f]{32}", "tree", drawn)  # its ids are random; ours stay the same from run to run


def _listed(names: frozenset[Name], read: Read) -> str:
    found = [f"{read.doc[a:b].text} ({label})" for a, b, label in sorted(names)]
    return "; ".join(found) or "none"


def _errors(read: Read) -> list[str]:
    found = []
    for i in read.wrong_tags():
        found.append(f"“{read.doc[i].text}” is read as {read.doc[i].pos_}; it is {read.gold[i].upos}")
    for i in read.counted:
        if not read.right(i):
            word, gold = read.doc[i], read.gold[i]
            ours = "the root" if gold.head == i else f"{gold.relation} of “{read.doc[gold.head].text}”"
            theirs = "the root" if word.head.i == i else f"{_relation(read.doc, i)} of “{word.head.text}”"
            found.append(f"“{word.text}” is read as {theirs}; it is {ours}")
    missed, wrong = read.gold_names - read.names, read.names - read.gold_names
    found += [f"the name {_listed(frozenset({name}), read)} is missed" for name in sorted(missed)]
    found += [f"{_listed(frozenset({name}), read)} is not such a name" for name in sorted(wrong)]
    return found


def page(reads: list[Read]) -> str:
    """Return the page as Markdown."""
    words = [(read, i) for read in reads for i in read.counted]
    heads, both = sum(r.right_head(i) for r, i in words), sum(r.right(i) for r, i in words)
    tags, tokens = sum(len(r.gold) - len(r.wrong_tags()) for r in reads), sum(len(r.gold) for r in reads)
    names_right = sum(len(r.names & r.gold_names) for r in reads)
    lines = [
        "# What the reader sees",
        "",
        "Ten news sentences of our own, each read alone by the packaged model: tags, tree and names, errors included.",
        "Made by `python docs/make_reading.py`; our own analysis of the sentences is in",
        "[`reading/sentences.conllu`](reading/sentences.conllu). In the drawings × marks a wrong relation, ×× a wrong",
        "head.",
        "",
        f"Over the ten: {heads} of {len(words)} heads right, {both} with their relation too (punctuation left out);",
        f"{tags} of {tokens} tags; {names_right} of {sum(len(r.gold_names) for r in reads)} names, beside "
        f"{sum(len(r.names - r.gold_names) for r in reads)} that are none. Ten sentences show what errors look",
        "like; how many there are is measured on thousands: see the [model card](model-card.md).",
    ]
    for number, read in enumerate(reads, 1):
        lines += ["", f"## {number}. {read.text}", "", f"![The tree](reading/{number}.svg)", ""]
        lines += [f"Names: {_listed(read.names, read)}", ""]
        errors = _errors(read)
        lines += [f"- {error}" for error in errors] or ["No error."]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the page and its drawings."""
    reads = read_all()
    for number, read in enumerate(reads, 1):
        (HERE / "reading" / f"{number}.svg").write_text(drawing(read), encoding="utf-8")
    PAGE.write_text(page(reads), encoding="utf-8")


if __name__ == "__main__":
    main()
