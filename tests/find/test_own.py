"""A user's ontology, learnt from a handful of examples: found in new sentences, beside what it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from gesta.annotate.model import load_model
from gesta.coder import Coder
from gesta.errors import UsageError
from gesta.find.own import OwnModel
from gesta.ontology.own import OwnOntology, OwnType
from gesta.records import Report
from gesta.settings import CodeSettings

CUT = OwnType(
    name="CUTOFF",
    parent="COERCE",
    examples=(
        "Soldiers **cut** the pipeline to the camp on Friday.",
        "The utility **shut** off taps across the township.",
        "Militiamen **blocked** the canal that feeds the villages.",
        "Authorities **closed** the wells used by the herders.",
        "The city **disconnected** the settlement's water, residents said.",
        "Fighters **seized** the pumping station and turned off the water.",
    ),
)
SHARE = OwnType(
    name="SHARING",
    parent="AGREE",
    examples=(
        "Egypt and Sudan **agreed** to share the river's flow.",
        "The two districts **signed** a pact on the dam's releases.",
        "Farmers and herders **reached** a deal on the well.",
        "Upstream states **promised** to release more water in the dry season.",
        "The commission **approved** a plan to divide the lake's water.",
    ),
)
WATER = OwnOntology(name="water", types=(CUT, SHARE), none=("The river flooded three villages.",))
TEXT = (
    "Rebels cut the water supply of Goma on Monday. The minister opened a school. "
    "Kenya and Tanzania agreed to share the water of Lake Jipe. Police arrested two men."
)


@pytest.fixture(scope="module")
def folder(coder: Coder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own") / "water"
    learnt = coder.learn(WATER)
    assert learnt.examples == 12
    assert learnt.right >= 7  # of the examples left out in turn; chance would find fewer than half
    learnt.model.save(folder)
    return folder


def test_events_of_the_ontology_are_coded_and_no_others(folder: Path) -> None:
    record = Coder(CodeSettings(ontology=str(folder))).code(Report(text=TEXT))
    found = [(record.report.text[e.trigger.start : e.trigger.end], e.type, e.ontology) for e in record.events]
    assert found == [("cut", "CUTOFF", "water"), ("agreed", "SHARING", "water")]
    assert [p.text for p in record.events[0].sources] == ["Rebels"]


def test_the_same_examples_give_the_same_rows(coder: Coder, folder: Path, tmp_path: Path) -> None:
    coder.learn(WATER).model.save(tmp_path)
    for first in folder.iterdir():
        assert first.read_bytes() == (tmp_path / first.name).read_bytes()


def test_a_run_names_what_was_learnt(folder: Path) -> None:
    own = Coder(CodeSettings(ontology=str(folder))).run
    assert own.ontology.startswith("water-")
    assert own.id != Coder().run.id


def test_what_was_learnt_over_another_model_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Learn it again"):
        OwnModel.load(folder, model="gesta-en-0")
    with pytest.raises(UsageError, match="no learnt ontology"):
        OwnModel.load(tmp_path, model=load_model().identity)
