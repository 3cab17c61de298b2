from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from spacy.tokens import Doc

from gesta.errors import UsageError
from gesta.evaluate import parses
from gesta.evaluate.conllu import read_treebank

MakeReader = Callable[[Callable[[Doc], None]], SimpleNamespace]

TREES = """# newdoc id = a
# text = Rebels did not stop.
1\tRebels\trebel\tNOUN\t_\tNumber=Plur\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\t_\tMood=Ind|Tense=Past|VerbForm=Fin\t4\taux\t_\t_
3\tnot\tnot\tPART\t_\tPolarity=Neg\t4\tadvmod\t_\t_
4\tstop\tstop\tVERB\t_\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
4.1\tgone\t_\t_\t_\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t_\t_\t4\tpunct\t_\t_

# text = Aid was blocked
1\tAid\taid\tNOUN\t_\tNumber=Sing\t3\tnsubj:pass\t_\t_
2\twas\tbe\tAUX\t_\tMood=Ind\t3\taux:pass\t_\t_
3\tblocked\tblock\tVERB\t_\tTense=Past|VerbForm=Part|Voice=Pass\t0\troot\t_\t_

# newdoc id = b
1\tPeace\tpeace\tNOUN\t_\tNumber=Sing\t0\troot\t_\t_
"""

Answer = tuple[str, str, int, str]  # tag, features, head within the sentence, relation
RIGHT: dict[str, Answer] = {
    "Rebels": ("NOUN", "Number=Plur", 3, "nsubj"),
    "did": ("AUX", "Mood=Ind|Tense=Past|VerbForm=Fin", 3, "aux"),
    "not": ("PART", "", 3, "advmod"),
    "stop": ("VERB", "VerbForm=Inf", 3, "root"),
    ".": ("PUNCT", "", 3, "punct"),
    "Aid": ("NOUN", "Number=Sing", 2, "nsubj"),
    "was": ("AUX", "Mood=Ind", 2, "aux"),
    "blocked": ("VERB", "Tense=Past|VerbForm=Part|Voice=Pass", 2, "root"),
    "Peace": ("NOUN", "Number=Sing", 0, "root"),
}


def answer(**changed: Answer) -> Callable[[Doc], None]:
    table = RIGHT | changed

    def mark(doc: Doc) -> None:
        for start in [sent.start for sent in doc.sents]:
            for token in [t for t in doc if t.i >= start and next(s.start for s in doc.sents if t in s) == start]:
                tag, features, head, relation = table[token.text]
                token.pos_, token.dep_ = tag, relation
                token.set_morph(features)
                token.head = doc[start + head]

    return mark


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "trees.conllu"
    file.write_text(TREES, encoding="utf-8")
    return file


def test_ranges_and_empty_nodes_are_left_out(path: Path) -> None:
    treebank = read_treebank(path)
    assert [[len(sentence) for sentence in document] for document in treebank.documents] == [[5, 3], [1]]
    assert [word.head for word in treebank.documents[0][0]] == [3, 3, 3, 3, 3]
    assert treebank.documents[0][1][2].features == {"Tense": "Past", "VerbForm": "Part", "Voice": "Pass"}


def test_all_right_although_subtypes_and_other_features_differ(path: Path, reader: MakeReader) -> None:
    score = parses(path, coder=reader(answer()))
    assert score.figures == {"UAS": 1, "LAS": 1, "UPOS": 1, "morphology": 1}
    assert score.counts["words"] == 9
    assert score.counts["words without punctuation"] == 8


def test_each_mistake_costs_its_own_figure(path: Path, reader: MakeReader) -> None:
    coder = reader(
        answer(
            Rebels=("PROPN", "Number=Plur", 3, "nsubj"),  # tag
            did=("AUX", "Mood=Ind|Tense=Pres|VerbForm=Fin", 3, "aux"),  # morphology
            Aid=("NOUN", "Number=Sing", 2, "obj"),  # relation
            was=("AUX", "Mood=Ind", 0, "aux"),  # head
            **{".": ("PUNCT", "", 0, "dep")},  # punctuation does not count
        )
    )
    score = parses(path, coder=coder)
    assert score.figure("UPOS") == pytest.approx(8 / 9)
    assert score.figure("morphology") == pytest.approx(8 / 9)
    assert score.figure("UAS") == pytest.approx(7 / 8)
    assert score.figure("LAS") == pytest.approx(6 / 8)
    rows = {row.name: row for row in score.rows}
    assert (rows["nsubj"].correct, rows["nsubj"].predicted, rows["nsubj"].gold) == (1, 1, 2)
    assert (rows["obj"].correct, rows["obj"].predicted, rows["obj"].gold) == (0, 1, 0)


def test_a_second_root_is_a_wrong_head(path: Path, reader: MakeReader) -> None:
    score = parses(path, coder=reader(answer(stop=("VERB", "VerbForm=Inf", 2, "root"))))
    assert score.figure("UAS") == pytest.approx(7 / 8)


def test_documents_whole_or_sentences_alone(path: Path, reader: MakeReader) -> None:
    lengths: list[list[int]] = []

    def mark(doc: Doc) -> None:
        lengths.append([len(sent) for sent in doc.sents])
        answer()(doc)

    parses(path, coder=reader(mark))
    assert lengths == [[5, 3], [1]]
    lengths.clear()
    assert parses(path, coder=reader(mark), alone=True).figure("LAS") == 1
    assert lengths == [[5], [3], [1]]


def test_packed_files_and_broken_sentences(tmp_path: Path, path: Path, reader: MakeReader) -> None:
    packed = tmp_path / "trees.conllu.gz"
    packed.write_bytes(gzip.compress((TREES + "\n1\tcut\toff\n\n1\tx\tx\tX\t_\t_\t9\tdep\t_\t_\n").encode()))
    score = parses(packed, coder=reader(answer()))
    assert score.figures == parses(path, coder=reader(answer())).figures
    assert score.counts["sentences left out"] == 2


@pytest.mark.parametrize("content", [b"", b"no columns here", b"\x1f\x8b broken", b"\xff\xfe\x00"])
def test_other_files_are_misuse(tmp_path: Path, content: bytes, reader: MakeReader) -> None:
    file = tmp_path / "odd.conllu"
    file.write_bytes(content)
    with pytest.raises(UsageError):
        parses(file, coder=reader(answer()))
    with pytest.raises(UsageError, match="no such file"):
        parses(tmp_path / "absent.conllu", coder=reader(answer()))


def test_a_treebank_without_features_gives_no_figure_for_them(tmp_path: Path, reader: MakeReader) -> None:
    file = tmp_path / "bare.conllu"
    file.write_text(re.sub(r"[A-Z]\w+=\S+", "_", TREES), encoding="utf-8")
    assert set(parses(file, coder=reader(answer())).figures) == {"UAS", "LAS", "UPOS"}
