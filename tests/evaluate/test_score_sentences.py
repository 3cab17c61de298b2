from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from spacy.tokens import Doc

from gesta.errors import UsageError
from gesta.evaluate import sentences
from gesta.evaluate.newswire import Article
from gesta.evaluate.score_sentences import Boundaries, boundaries
from gesta.evaluate.sentence_sources import Labelled, read_sentences

MakeReader = Callable[[Callable[[Doc], None]], SimpleNamespace]


def article(*given: str) -> Article:
    words = [tuple(sentence.split()) for sentence in given]
    return Article("a_1", tuple((of, ("O",) * len(of)) for of in words), 0)


def split_after(*ends: str) -> Callable[[Doc], None]:
    """Begin a sentence after each of these words."""

    def mark(doc: Doc) -> None:
        pending = True
        for token in doc:
            token.is_sent_start = pending and not token.is_space
            pending = (pending and token.is_space) or token.text in ends

    return mark


def judge(reader: MakeReader, text: str, gold: tuple[str, ...], ends: tuple[str, ...], body: int = 0) -> Boundaries:
    return boundaries(Labelled(article(*gold), text, body), reader(split_after(*ends)).nlp)


def test_the_end_of_the_text_is_not_counted(reader: MakeReader) -> None:
    found = judge(reader, "Troops left . Shops opened .", ("Troops left .", "Shops opened ."), (".",))
    assert found.gold == found.predicted == {(2, False)}


def test_missed_and_false_boundaries(reader: MakeReader) -> None:
    found = judge(reader, "Dr. Okoro left. Shops opened.", ("Dr. Okoro left.", "Shops opened."), ("Dr.",))
    assert found.gold == {(2, False)}
    assert found.predicted == {(0, False)}


def test_a_boundary_within_an_annotated_token_is_false(reader: MakeReader) -> None:
    # spaCy takes "two-day" for three tokens
    found = judge(reader, "The two-day strike", ("The two-day strike",), ("-",))
    assert found.gold == set()
    assert found.predicted == {(1, True)}


def test_an_address_line_is_no_sentence(reader: MakeReader) -> None:
    text = "https://wire.example/a\n\nTroops left.\n\nShops opened."
    body = text.index("\n") + 1
    gold = ("https://wire.example/a", "Troops left.", "Shops opened.")
    found = judge(reader, text, gold, (".",), body)
    assert found.gold == found.predicted == {(2, False)}


def test_extra_marks_in_the_raw_text_do_not_move_the_boundary(reader: MakeReader) -> None:
    gold = ("The horses came home early .", "Nobody had seen them leave .")
    found = judge(reader, "The horses came home early . . Nobody had seen them leave .", gold, (".",))
    assert found.gold == found.predicted == {(5, False)}


def test_where(reader: MakeReader) -> None:
    text = "One left . Two stayed .\nThree came ."
    found = judge(reader, text, ("One left .", "Two stayed .", "Three came ."), (".",))
    assert {found.where(boundary) for boundary in found.gold} == {"at a line end", "within a line"}
    assert found.where((2, False)) == "within a line"
    assert found.where((5, False)) == "at a line end"


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    path = tmp_path / "b99.jsonl"
    texts = ["Rebels took Ilam.", "Dr. Vahid fled.", "Aid came late.", "Nobody spoke.", "Rain fell."]
    lines = [json.dumps({"text": text, "events": [], "negative": None}) for text in texts]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_score_of_casebook_paragraphs(batch: Path, reader: MakeReader) -> None:
    def mark(doc: Doc) -> None:
        # finds the boundary after "Ilam." and "late.", misses that after "fled.", adds one after "Dr."
        for token in doc:
            token.is_sent_start = token.i == 0 or (token.i > 1 and doc[token.i - 2].text in {"Ilam", "late"})
            if token.i and doc[token.i - 1].text == "Dr.":
                token.is_sent_start = True

    score = sentences(batch, coder=reader(mark))
    # one paragraph of four sentences (three boundaries) and one of a single sentence
    assert score.counts["texts"] == 2
    assert (score.counts["gold boundaries"], score.counts["predicted boundaries"], score.counts["right"]) == (3, 3, 2)
    assert score.figure("F1") == pytest.approx(2 / 3)
    # whole and right: the first sentence, the last of the paragraph, and the lone one
    assert score.figure("whole sentences F1") == pytest.approx(3 / 5)
    assert read_sentences(batch.parent).texts == read_sentences(batch).texts


def test_treebank_text_is_rebuilt(tmp_path: Path) -> None:
    rows = "1\tStay\t_\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n2\t.\t_\tPUNCT\t_\t_\t1\tpunct\t_\t{last}\n\n"
    whole = (
        "# newdoc id = a\n# newpar id = p1\n# text = Stay.\n" + rows.format(last="_")
        + "# text = Stay.\n" + rows.format(last="SpaceAfter=No")
        + "# text = Stay.\n" + rows.format(last="_")
        + "# newpar id = p2\n# text = Stay.\n" + rows.format(last="_")
        + "# newdoc id = b\n# text = Stay.\n" + rows.format(last="_")
    )  # fmt: skip
    path = tmp_path / "x.conllu.gz"
    path.write_bytes(gzip.compress(whole.encode()))
    first, second = read_sentences(path).texts
    assert first.text == "Stay. Stay.Stay.\n\nStay."
    assert len(first.article.sentences) == 4
    assert second.text == "Stay."


def test_paragraphs_taken_for_sentences_are_pointed_out(tmp_path: Path, reader: MakeReader) -> None:
    (tmp_path / "x_1.tsv").write_text("One\tO\n.\tO\nTwo\tO\n.\tO\n\nThree\tO\n.\tO\n", encoding="utf-8")
    (tmp_path / "x_1.txt").write_text("One. Two.\n\nThree.", encoding="utf-8")
    score = sentences(tmp_path, coder=reader(split_after(".")))
    assert score.figure("recall") == 1
    assert score.figure("precision") == pytest.approx(1 / 2)
    assert score.figure("F1 at line ends") == 1
    assert any("paragraphs for sentences" in note for note in score.notes)


def test_annotation_without_raw_text_is_misuse(tmp_path: Path, reader: MakeReader) -> None:
    (tmp_path / "x_1.tsv").write_text("One\tO\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no raw text"):
        sentences(tmp_path, coder=reader(split_after(".")))
