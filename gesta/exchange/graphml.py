"""GraphML: actors as nodes, ties and dyads of events as edges, for Gephi, NetworkX, igraph and others.

The format is that of http://graphml.graphdrawing.org: typed keys, then nodes, then edges. Every edge is directed, since
readers refuse a mixture; ``symmetric`` marks those without a direction, which stand once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from gesta.exchange.files import written_whole
from gesta.store import EventFilter, Store

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
NODE_KEYS = {"name": "string", "kind": "string", "country": "string", "sectors": "string"}
EDGE_KEYS = {
    "kind": "string", "relation": "string", "symmetric": "boolean", "ended": "boolean", "since": "string",
    "until": "string", "stance": "string", "certainty": "string", "said_by": "string", "reports": "int",
    "tellings": "int",
}  # fmt: skip
_SYMMETRIC = frozenset({"allied-with", "at-war-with"})
_TIE = (
    "source", "_source_name", "relation", "target", "_target_name", "ended", "stance", "certainty", "since", "until",
    "reports", "tellings", "said_by", "id",
)  # fmt: skip


def write_graphml(store: Store, wanted: EventFilter, out: Path, *, without_text: bool) -> int:
    """Write the graph of the record; the same record gives the same bytes. Returns how many edges.

    An edge of kind ``tie`` is a tie, once with all its tellings; one of kind ``events`` counts the events of one type
    that fit the filter, from a source to a target. ``without_text`` leaves out the words for who says so.
    """
    edges = [*_ties(store, without_text=without_text), *_dyads(store, wanted)]
    used = {edge[side] for edge in edges for side in ("source", "target")}
    names = ("id", *NODE_KEYS)
    nodes = [dict(zip(names, row, strict=True)) for row in store.query_named("graph_nodes", {}) if row[0] in used]
    with written_whole(out) as stream:
        stream.write(_HEAD.encode())
        for line in _body(nodes, edges):
            stream.write(f"{line}\n".encode())
        stream.write(b"</graphml>\n")
    return len(edges)


def _ties(store: Store, *, without_text: bool) -> Iterator[dict[str, Any]]:
    for row in store.query_named("ties", {"actor": None, "relation": None, "limit": None}):
        tie = dict(zip(_TIE, row, strict=True))
        said = [who if who in {"author", "unnamed"} or not without_text else "named" for who in tie["said_by"]]
        tie |= {"kind": "tie", "symmetric": tie["relation"] in _SYMMETRIC}
        yield tie | {"said_by": "; ".join(dict.fromkeys(who.replace(";", ",") for who in said))}


def _dyads(store: Store, wanted: EventFilter) -> Iterator[dict[str, Any]]:
    events: Counter[tuple[str, str, str]] = Counter()
    reports: dict[tuple[str, str, str], set[str]] = {}
    for event in store.events(wanted):
        pairs = {(s.actor, t.actor, event.type) for s in event.sources for t in event.targets if s.actor != t.actor}
        for pair in pairs:
            events[pair] += event.count
            reports.setdefault(pair, set()).add(event.report)
    for pair in sorted(events):
        source, target, kind = pair
        yield {
            "id": f"{source}-{target}-{kind}", "source": source, "target": target, "kind": "events", "relation": kind,
            "symmetric": False, "reports": len(reports[pair]), "tellings": events[pair],
        }  # fmt: skip


def _body(nodes: Iterable[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for scope, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, kind in keys.items():
            yield f'  <key id="{scope}_{name}" for="{scope}" attr.name="{name}" attr.type="{kind}"/>'
    yield '  <graph id="record" edgedefault="directed">'
    for node in nodes:
        yield f"    <node id={quoteattr(node['id'])}>{_data('node', NODE_KEYS, node)}</node>"
    for edge in edges:
        ends = f"source={quoteattr(edge['source'])} target={quoteattr(edge['target'])}"
        yield f"    <edge id={quoteattr(edge['id'])} {ends}>{_data('edge', EDGE_KEYS, edge)}</edge>"
    yield "  </graph>"


def _data(scope: str, keys: Mapping[str, str], values: Mapping[str, Any]) -> str:
    told = ((name, values.get(name)) for name in keys)
    return "".join(f'<data key="{scope}_{name}">{_text(value)}</data>' for name, value in told if _is_told(value))


def _is_told(value: object) -> bool:
    return value is not None and value != "" and value != []


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape("/".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value))
