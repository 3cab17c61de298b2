from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from gesta.errors import UsageError
from gesta.evaluate import relations
from gesta.evaluate.score_relations import read_pairs
from gesta.records import Span

HEADER = "sentence_id\tsentence\tmarked_sentence\tsource\ttarget\tgold_root\tgold_penta\n"
ROWS = [
    ("<s>Mali</s> accused <t>Togo</t> of meddling.", "ACCUSE", "3"),
    ("<t>Togo</t> was bombed by <s>rebel </s>jets.", "ASSAULT", "4"),
    ("<s>Kano</s> agreed to free <t>the men</t>.", "YIELD", "2"),
    ("<s>Mali</s> sent grain to <t>Chad</t>.", "AID", "2"),
    ("<s>Mali</s> resigned.", "YIELD", "2"),  # no target
    ("<s>Mali</s> aided <t>Chad</t>, said <t>Chad</t>.", "AID", "2"),  # two targets
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "plv.tsv"
    lines = [f"{n}\tx\t{marked}\tx\tx\t{type_}\t{quad}\n" for n, (marked, type_, quad) in enumerate(ROWS)]
    file.write_text(HEADER + "".join(lines), encoding="utf-8")
    return file


def test_marks_become_spans(path: Path) -> None:
    pairs, left_out = read_pairs(path)
    assert left_out == 2
    assert [(p.text[slice(*p.source)], p.text[slice(*p.target)]) for p in pairs] == [
        ("Mali", "Togo"), ("rebel", "Togo"), ("Kano", "the men"), ("Mali", "Chad")
    ]  # fmt: skip
    assert pairs[1].text == "Togo was bombed by rebel jets."


def test_sums_by_hand(path: Path) -> None:
    answers = {"Mali accused": "ACCUSE", "Togo was": "COERCE", "Kano agreed": "YIELD", "Mali sent": "AGREE"}

    def relate(text: str, source: Span, target: Span) -> str:
        return answers[" ".join(text.split()[:2])]

    score = relations(path, coder=SimpleNamespace(nlp=None), relate=relate)
    assert score.figure("accuracy") == pytest.approx(2 / 4)
    assert score.figure("accuracy, all rows") == pytest.approx(2 / 6)
    # ACCUSE and YIELD 1, ASSAULT and AID 0; COERCE and AGREE have no gold pair and count through the precision of none
    assert score.figure("macro F1") == pytest.approx(2 / 4)
    # COERCE shares ASSAULT's quad, YIELD is 2 in the data; AGREE (1) is not AID's (2)
    assert score.figure("quad accuracy") == pytest.approx(3 / 4)
    assert score.counts == {"pairs": 4, "rows left out": 2, "trained on": 0}
    assert score.notes == ()


def test_the_coders_own_method_is_asked(path: Path) -> None:
    asked = []

    class Coder:
        nlp = None

        def relation(self, sentence: str, *, source: Span, target: Span, ontology: str) -> SimpleNamespace:
            asked.append((sentence[slice(*source)], sentence[slice(*target)], ontology))
            return SimpleNamespace(type="ACCUSE")

    score = relations(path, coder=Coder())  # type: ignore[arg-type]
    assert asked[0] == ("Mali", "Togo", "PLV")
    assert score.figure("accuracy") == pytest.approx(1 / 4)


def test_other_tables_are_misuse(tmp_path: Path) -> None:
    file = tmp_path / "other.tsv"
    file.write_text("a\tb\n1\t2\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no column 'marked_sentence'"):
        relations(file, coder=SimpleNamespace(nlp=None))
    with pytest.raises(UsageError, match="no such file"):
        relations(tmp_path / "absent.tsv", coder=SimpleNamespace(nlp=None))
