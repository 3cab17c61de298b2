"""The log says what became of every incident."""

from __future__ import annotations

from gesta.link.changes import tell_changes
from gesta.records import Change


def told(before: dict[str, tuple[str, ...]], after: dict[str, tuple[str, ...]]) -> list[Change]:
    now = {event for events in after.values() for event in events}
    gone = frozenset(event for events in before.values() for event in events if event not in now)
    why = {event: f"because of {event}" for event in now}
    return list(tell_changes(before, after, why=why, gone=gone, linking="l1"))


def kinds(changes: list[Change]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(change.kind, change.incident, change.others) for change in changes]


def test_new_and_joined() -> None:
    changes = told({"i1": ("a",)}, {"i1": ("a", "b"), "i2": ("c",)})
    assert kinds(changes) == [("joined", "i1", ()), ("new", "i2", ())]
    assert (changes[0].events, changes[0].reason) == (("b",), "because of b")


def test_merged_names_all_that_went_in() -> None:
    changes = told({"i1": ("a",), "i2": ("b",)}, {"i1": ("a", "b", "c")})
    assert kinds(changes) == [("merged", "i1", ("i1", "i2"))]


def test_split_names_the_heirs() -> None:
    changes = told({"i1": ("a", "b")}, {"i1": ("a",), "i2": ("b", "c")})
    assert kinds(changes) == [("joined", "i2", ()), ("split", "i1", ("i1", "i2"))]


def test_renamed_follows_the_first_event() -> None:
    assert kinds(told({"i1": ("b",)}, {"i0": ("a", "b")})) == [("joined", "i0", ()), ("renamed", "i1", ("i0",))]


def test_withdrawn_and_left() -> None:
    assert kinds(told({"i1": ("a",)}, {})) == [("withdrawn", "i1", ())]
    (change,) = told({"i1": ("a", "b")}, {"i1": ("a",)})
    assert (change.kind, change.events) == ("left", ("b",))


def test_nothing_changed_nothing_told() -> None:
    assert told({"i1": ("a", "b")}, {"i1": ("a", "b")}) == []


def test_ids_are_of_what_happened_in_which_pass() -> None:
    one, other = (told({}, {"i1": ("a",)}) for _ in range(2))
    assert one == other
    assert len({change.id for change in told({}, {"i1": ("a",), "i2": ("b",)})}) == 2
