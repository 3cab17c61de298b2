"""GraphML: well-formed, typed, the same bytes, and nobody's words where they are not wanted."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from export_samples import REPORT, make_store, written

from gesta.exchange.graphml import EDGE_KEYS, NODE_KEYS
from gesta.records import Tie

NAMES = {"g": "http://graphml.graphdrawing.org/xmlns"}


@pytest.fixture
def graph(tmp_path: Path) -> ElementTree.Element:
    return ElementTree.fromstring(written(make_store(tmp_path / "record"), "graphml"))


def test_every_edge_joins_nodes_that_are_there(graph: ElementTree.Element) -> None:
    nodes = [node.attrib["id"] for node in graph.iterfind(".//g:node", NAMES)]
    edges = list(graph.iterfind(".//g:edge", NAMES))
    assert edges
    assert len(nodes) == len(set(nodes))
    assert {edge.attrib[end] for edge in edges for end in ("source", "target")} == set(nodes)
    assert len({edge.attrib["id"] for edge in edges}) == len(edges)


def test_every_value_has_a_declared_key_and_type(graph: ElementTree.Element) -> None:
    keys = {key.attrib["id"]: key.attrib for key in graph.iterfind("g:key", NAMES)}
    assert len(keys) == len(NODE_KEYS) + len(EDGE_KEYS)
    for data in graph.iterfind(".//g:data", NAMES):
        kind = keys[data.attrib["key"]]["attr.type"]
        assert data.text
        if kind == "boolean":
            assert data.text in {"true", "false"}
        if kind == "int":
            assert int(data.text) > 0


def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (written(make_store(tmp_path / name), "graphml") for name in ("one", "other"))
    assert one == other


def test_ties_with_their_tellers(tmp_path: Path) -> None:
    tie = Tie(
        id="t1", report=REPORT.id, actor="a1", relation="at-war-with", other="a2", span=(1, 4), actor_span=(5, 6),
        other_span=(7, 8), basis="clause", claim="c1", stance="denies", ended=True,
    )  # fmt: skip
    store = make_store(tmp_path / "record", ties=(tie,))
    shown = {}
    for without_text in (False, True):
        tree = ElementTree.fromstring(written(store, "graphml", without_text=without_text))
        (edge,) = [edge for edge in tree.iterfind(".//g:edge", NAMES) if edge.attrib["id"] == "t1"]
        shown[without_text] = {data.attrib["key"]: data.text for data in edge}
    assert shown[False]["edge_said_by"] == "Quill, a reporter"
    assert shown[True]["edge_said_by"] == "named"
    for told in shown.values():
        assert told["edge_stance"] == "denies"
        assert told["edge_ended"] == told["edge_symmetric"] == "true"
        assert "edge_since" not in told
