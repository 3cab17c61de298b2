from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from spacy.tokens import Doc, Span

from gesta.errors import UsageError
from gesta.evaluate import names
from gesta.evaluate.newswire import is_held_out, names_of, read_article, read_newswire

MakeReader = Callable[[Callable[[Doc], None]], SimpleNamespace]

ANNOTATED = """https://wire.example/1\tO

Amina\tB-Person
Bello\tI-Person
left\tO
Kano\tB-Location
University\tO\tB-Organization
.\tO

no tab here
Kano\tB-Organization
Herald\tI-Organization
reported\tO
"""
RAW = "https://wire.example/1\n\nAmina Bello left Kano University.\n\nKano Herald reported"


def held_out_stem(prefix: str) -> str:
    return next(f"{prefix}{n}" for n in range(1000) if is_held_out(f"{prefix}{n}"))


def kept_stem(prefix: str) -> str:
    return next(f"{prefix}{n}" for n in range(1000) if not is_held_out(f"{prefix}{n}"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "annotated").mkdir()
    (tmp_path / "articles").mkdir()
    for stem in (held_out_stem("af_"), kept_stem("asia_")):
        (tmp_path / "annotated" / f"{stem}.tsv").write_text(ANNOTATED, encoding="utf-8")
        (tmp_path / "articles" / f"{stem}.txt").write_text(RAW, encoding="utf-8")
    (tmp_path / "regions.txt").write_text("# prefixes\n\nAfrica:\naf_\n\nAsia:\nasia_\n", encoding="utf-8")
    return tmp_path


def find(*wanted: tuple[str, str]) -> Callable[[Doc], None]:
    """Mark the first occurrence of each run of words with its class."""

    def mark(doc: Doc) -> None:
        words = [token.text for token in doc]
        entities = []
        for name, label in wanted:
            run = name.split()
            at = next(i for i in range(len(words)) if words[i : i + len(run)] == run)
            entities.append(Span(doc, at, at + len(run), label=label))
        doc.set_ents(entities)

    return mark


def test_bio_tags_become_names() -> None:
    assert names_of(["B-Person", "I-Person", "O", "B-Date", "B-Date"]) == [
        (0, 2, "Person"), (3, 4, "Date"), (4, 5, "Date")
    ]  # fmt: skip
    assert names_of(["I-Person", "I-Date", "I-Date", "O"]) == [(0, 1, "Person"), (1, 3, "Date")]
    assert names_of(["B-Misc", "I-Person"]) == [(0, 1, "Misc"), (1, 2, "Person")]
    assert names_of([]) == []


def test_broken_rows_are_left_out_and_counted(folder: Path) -> None:
    article = read_article(next((folder / "annotated").glob("af_*")))
    assert article.broken_rows == 1
    assert [len(words) for words, _ in article.sentences] == [1, 6, 3]
    assert article.starts == [True, True, *[False] * 5, True, False, False]
    assert article.names() == [(1, 3, "Person"), (4, 5, "Location"), (7, 9, "Organization")]


def test_held_out_is_the_tenth_by_md5_of_the_stem() -> None:
    expected = int(hashlib.md5(b"af_afrol_1").hexdigest(), 16) % 10 == 1
    assert is_held_out("af_afrol_1") is expected
    assert 0.07 < sum(is_held_out(f"wire_{n}") for n in range(2000)) / 2000 < 0.13


def test_exact_span_and_class_on_gold_tokens(folder: Path, reader: MakeReader) -> None:
    # one right, one that ends too late, one that is no name; "Kano Herald" is missed
    coder = reader(find(("Amina Bello", "Person"), ("Kano University", "Location"), ("left", "Misc")))
    score = names(folder, coder=coder, held_out=True)
    assert score.counts["gold names"] == 3
    assert score.counts["predicted names"] == 3
    assert score.counts["right"] == 1
    assert score.figure("precision") == pytest.approx(1 / 3)
    assert score.figure("recall") == pytest.approx(1 / 3)
    assert score.figure("F1") == pytest.approx(1 / 3)
    rows = {(row.group, row.name): row for row in score.rows}
    assert rows["class", "Person"].f1 == 1
    assert (rows["class", "Location"].correct, rows["class", "Location"].gold) == (0, 1)
    assert rows["class", "Misc"].gold == 0
    assert rows["region", "Africa"].correct == 1
    assert ("region", "Asia") not in rows
    assert score.counts["broken rows left out"] == 1


def test_wrong_class_is_wrong_but_its_span_is_right(folder: Path, reader: MakeReader) -> None:
    score = names(folder, coder=reader(find(("Amina Bello", "Organization"))), held_out=True)
    assert score.figure("F1") == 0
    assert score.figure("F1 without class") == pytest.approx(2 * 1 / (1 + 3))


def test_gold_sentences_are_given(folder: Path, reader: MakeReader) -> None:
    lengths = []
    names(folder, coder=reader(lambda doc: lengths.append([len(sent) for sent in doc.sents])), held_out=True)
    assert lengths == [[1, 6, 3]]


def test_raw_text_is_scored_by_characters(folder: Path, reader: MakeReader) -> None:
    # the stub's tokens are spaCy's own; the address line is not part of the text it is given
    texts = []

    def mark(doc: Doc) -> None:
        texts.append(doc.text)
        find(("Amina Bello", "Person"), ("Kano", "Location"), ("reported", "Misc"))(doc)

    score = names(folder, coder=reader(mark), held_out=True, raw=True)
    assert texts == [RAW.partition("\n")[2]]
    assert score.counts["right"] == 2
    assert score.counts["gold names"] == 3
    assert score.figure("recall") == pytest.approx(2 / 3)
    assert score.counts["tokens"] == 10
    assert score.counts["tokens not found in the raw text"] == 0


def test_raw_text_that_lacks_a_name_costs_nothing(folder: Path, reader: MakeReader) -> None:
    path = next((folder / "articles").glob("af_*"))
    path.write_text(
        RAW.replace("Amina Bello left", "He left").replace(
            "\n\nKano Herald", "\n\nLagos is a city too.\n\nKano Herald"
        ),
        encoding="utf-8",
    )
    score = names(folder, coder=reader(find(("Kano", "Location"), ("Lagos", "Location"))), held_out=True, raw=True)
    assert score.counts["gold names not found in the raw text"] == 1
    assert score.counts["predicted names where nothing is annotated"] == 1
    assert score.figure("precision") == 1
    assert score.figure("recall") == pytest.approx(1 / 2)


def test_missing_raw_text_is_counted(folder: Path, reader: MakeReader) -> None:
    next((folder / "articles").glob("af_*")).unlink()
    score = names(folder, coder=reader(find()), held_out=True, raw=True)
    assert score.counts["articles without raw text"] == 1
    assert score.counts["articles"] == 0


def test_which_articles(folder: Path) -> None:
    assert [a.stem[:3] for a in read_newswire(folder, held_out=True).articles] == ["af_"]
    assert [a.stem[:3] for a in read_newswire(folder, held_out=False).articles] == ["asi"]
    assert len(read_newswire(folder).articles) == 2, "the model was trained on neither"
    one = next((folder / "annotated").glob("asia_*"))
    assert len(read_newswire(one, held_out=True).articles) == 1, "a file asked for by name is scored"
    assert read_newswire(folder / "annotated").regions


def test_longest_prefix_names_the_region(folder: Path) -> None:
    (folder / "regions.txt").write_text("Africa:\naf_\nSouth:\naf_s\n", encoding="utf-8")
    news = read_newswire(folder)
    assert (news.region("af_star_1"), news.region("af_iol"), news.region("x_1")) == ("South", "Africa", "unknown")


@pytest.mark.parametrize("inside", [None, "notes.txt"])
def test_nothing_to_read_is_misuse(tmp_path: Path, inside: str | None, reader: MakeReader) -> None:
    if inside:
        (tmp_path / inside).write_text("nothing", encoding="utf-8")
    with pytest.raises(UsageError, match="no annotated articles here"):
        names(tmp_path, coder=reader(find()))
    with pytest.raises(UsageError, match="no annotated articles here"):
        names(tmp_path / "absent", coder=reader(find()))


def test_nothing_left_says_why(folder: Path, reader: MakeReader) -> None:
    for path in (folder / "annotated").glob("af_*"):
        path.unlink()
    with pytest.raises(UsageError, match="no article is left"):
        names(folder, coder=reader(find()), held_out=True)
