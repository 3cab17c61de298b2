"""Users' ontologies as YAML: what they say, and what is said of faults in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gesta.errors import UsageError
from gesta.ontology.own import digest, example, read_ontology

EXAMPLES = ["Men **cut** the pipe.", "Men blocked the canal.", "They closed wells.", "He shut taps.", "It was cut."]


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def listed(*examples: str) -> str:
    return "".join(f"\n      - {text!r}" for text in examples)


def test_an_ontology_is_read(tmp_path: Path) -> None:
    text = f"name: water\ntypes:\n  - name: CUTOFF\n    parent: COERCE\n    examples:{listed(*EXAMPLES)}\nnone:\n  - Rain.\n"
    found = read_ontology(written(tmp_path, text))
    assert (found.name, found.types[0].name, found.types[0].parent, found.none) == (
        "water",
        "CUTOFF",
        "COERCE",
        ("Rain.",),
    )
    assert found.types[0].examples == tuple(EXAMPLES)
    assert (
        digest(found)
        == digest(read_ontology(written(tmp_path, text)))
        != digest(read_ontology(written(tmp_path, text.replace("Rain", "Snow"))))
    )


def test_the_mark_is_taken_off_and_remembered() -> None:
    found = example("Men **cut off** the pipe.")
    assert found.text == "Men cut off the pipe."
    assert found.trigger is not None
    assert found.text[slice(*found.trigger)] == "cut off"
    assert example("Men cut it.").trigger is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("types: []", "name"),
        ("name: water\ntypes: []", "no types"),
        ("name: My Water\ntypes: []", "cannot name a folder"),
        (f"name: w\ntypes:\n  - name: A\n    examples:{listed('One.', 'Two.')}", "has 2 examples"),
        (f"name: w\ntypes:\n  - name: A\n    parent: FIGHT\n    examples:{listed(*EXAMPLES)}", "'FIGHT'"),
        (f"name: w\ntypes:{f'''{chr(10)}  - name: A{chr(10)}    examples:{listed(*EXAMPLES)}''' * 2}", "twice"),
        ("name: [", "own.yaml"),
        ("name: w\ntypes:\n  - name: A\n    examples: 5", "examples"),
    ],
)
def test_a_fault_says_what_is_wrong_and_where(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_ontology(written(tmp_path, text))
    assert said in str(raised.value)
    assert "own.yaml" in str(raised.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read it"):
        read_ontology(tmp_path / "none.yaml")
