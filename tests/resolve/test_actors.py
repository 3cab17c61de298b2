"""Actor resolution on docs made by hand: tags by rule, and the names that each case marks, so no model is needed."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span

from gesta.annotate.tokens import blank_language
from gesta.records import Actor, Participant, Report, make_id
from gesta.resolve.actors import ActorResolver
from gesta.resolve.actors.countries import lookup

with (Path(__file__).parent / "test_actors_phrases.tsv").open(encoding="utf-8") as lines:
    PHRASES = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
MARKED = re.compile(r"\[([^\]|]+)\|(\w+)\]")
TAGS = {
    "DET": ["the", "a", "an", "this", "that", "these"],
    "ADP": ["of", "in", "for", "from", "at", "to", "with", "by", "near", "on", "against"],
    "PRON": ["he", "they", "it", "its", "his", "she", "who"],
    "CCONJ": ["and", "or"],
    "VERB": ["said", "met", "fled", "left", "hit", "urged", "accused", "arrested", "bombed", "denied", "fighting"],
    "ADV": ["today", "there"],
}
WORDS = {word: tag for tag, words in TAGS.items() for word in words}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return blank_language()


def tag(word: str) -> str:
    if word.casefold() in WORDS:
        return WORDS[word.casefold()]
    if not word[0].isalnum():
        return "PART" if word[1:] == "s" else "PUNCT"
    match = lookup(word)
    return "ADJ" if match and match.how == "demonym" else "PROPN" if word[0].isupper() else "NOUN"


def parse(nlp: Language, marked: str) -> Doc:
    """Return a Doc of text in which names are marked as ``[Ann Lee|Person]``."""
    text, spans, at = "", [], 0
    for match in MARKED.finditer(marked):
        text += marked[at : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[2]))
        text, at = text + match[1], match.end()
    doc = nlp(text + marked[at:])
    for token in doc:
        token.pos_ = "SPACE" if token.is_space else tag(token.text)
    found = [doc.char_span(start, end, label=label) for start, end, label in spans]
    doc.set_ents([span for span in found if span is not None])
    return doc


class Reading:
    """A report being resolved; ``of`` resolves the phrase that reads so, from the place after the last one."""

    def __init__(self, nlp: Language, marked: str, *, published: date | None = None) -> None:
        self.doc = parse(nlp, marked)
        self.report = Report(text=self.doc.text, published=published)
        self.resolver = ActorResolver(self.doc, report=self.report)
        self.at = 0

    def span(self, phrase: str) -> Span:
        start = self.doc.text.index(phrase, self.at)
        self.at = start + len(phrase)
        span = self.doc.char_span(start, self.at)
        assert span is not None, phrase
        return span

    def participant(self, phrase: str, head: str | None = None) -> Participant:
        span = self.span(phrase)
        token = next((token for token in span if token.text == head), span[-1])
        return self.resolver.participant(span, token)

    def of(self, phrase: str, head: str | None = None) -> Actor:
        found = self.participant(phrase, head)
        assert self.report.text[slice(*found.span)] == found.text == phrase
        return next(actor for actor in self.resolver.actors() if actor.id == found.actor)


def told(actor: Actor) -> str:
    return " ".join([actor.country or "-", *actor.sectors])


@pytest.mark.parametrize("row", PHRASES, ids=lambda row: row["phrase"])
def test_phrases(nlp: Language, row: dict[str, str]) -> None:
    """Each phrase of the table is resolved to the codes it gives, and to the name and kind if it gives them."""
    actor = Reading(nlp, f"Today {row['phrase']} fled.").of(MARKED.sub(r"\1", row["phrase"]))
    assert told(actor) == row["codes"]
    assert actor.name == (row["name"] or actor.name) and actor.kind == (row["kind"] or actor.kind)


def test_a_capital_that_is_struck_is_a_place(nlp: Language) -> None:
    reading = Reading(nlp, "Rebels bombed Baghdad.")
    baghdad = reading.span("Baghdad")[0]
    baghdad.head, baghdad.dep_ = reading.doc[1], "obj"
    reading.doc[1].lemma_ = "bomb"
    reading.at = 0
    assert told(reading.of("Baghdad")) == "IRQ CVL"


def test_a_group_changes_sector_with_the_date(nlp: Language) -> None:
    before, after = (Reading(nlp, "The Taliban left.", published=day) for day in (date(2021, 8, 14), date(2021, 8, 15)))
    assert (told(before.of("The Taliban")), told(after.of("The Taliban"))) == ("AFG REB", "AFG GOV")


def test_a_group_of_another_country_is_not_the_one_we_know(nlp: Language) -> None:
    actor = Reading(nlp, "Today Armenia's Republican Party met.").of("Armenia's Republican Party")
    assert (actor.country, actor.sectors, actor.name) == ("ARM", (), "Republican Party")


@pytest.mark.parametrize(
    ("phrase", "role"),
    [
        ("the Kenyan deputy foreign minister", "deputy foreign minister"),
        ("a spokesman for the Kenyan army", "spokesman"),
        ("Kenya's minister of defence", "minister of defence"),
        ("the former Kenyan president", "president"),
        ("Kenyan ministers", None),
        ("Kenyan police", None),
    ],
)
def test_role_is_the_office_that_the_text_gives(nlp: Language, phrase: str, role: str | None) -> None:
    assert Reading(nlp, f"Today {phrase} fled.").participant(phrase).role == role


def test_a_phrase_cut_short_by_the_tree_takes_what_qualifies_it(nlp: Language) -> None:
    reading = Reading(nlp, "Today Ghana's police met Iraqi soldiers and Hamas fighters.")
    found = [told(reading.of(word)) for word in ("police", "soldiers", "fighters")]
    assert found == ["GHA COP", "IRQ MIL", "PSE REB PTY"]


def test_joined_demonyms_share_their_noun(nlp: Language) -> None:
    reading = Reading(nlp, "Today Ethiopian, Ugandan and Kenyan troops left.")
    found = [told(reading.of(word)) for word in ("Ethiopian", "Ugandan", "Kenyan troops")]
    assert found == ["ETH MIL", "UGA MIL", "KEN MIL"]


def test_ids_hold_across_reports_for_roles_groups_and_full_names(nlp: Language) -> None:
    one = Reading(nlp, "Kenyan police met al-Shabaab and [Ann Lee|Person].")
    two = Reading(nlp, "[Ann Lee|Person] accused Al Shabab and the police of Kenya.")
    first = {one.of(phrase).id for phrase in ("Kenyan police", "al-Shabaab", "Ann Lee")}
    second = {two.of(phrase).id for phrase in ("Ann Lee", "Al Shabab", "the police of Kenya")}
    assert first == second == {make_id("a", key) for key in ("KEN:COP", "Al-Shabab", "person:anli")}


@pytest.mark.parametrize("phrase", ["gunmen", "police", "the president", "Lee", "he"])
def test_ids_of_the_unnamed_and_of_single_names_are_the_reports_own(nlp: Language, phrase: str) -> None:
    marked = phrase.replace("Lee", "[Lee|Person]")
    one, two = (Reading(nlp, f"Today {marked} left{end}") for end in (".", " there."))
    assert one.of(phrase).id != two.of(phrase).id


def test_two_men_are_two_and_the_man_is_the_last(nlp: Language) -> None:
    reading = Reading(nlp, "A man met a man. The man left. He left. He left.")
    ids = [reading.of(phrase).id for phrase in ("A man", "a man", "The man", "He", "He")]
    assert ids[1] == ids[2] and len(set(ids)) == 4


def test_one_actor_keeps_every_spelling_and_reason_in_order_of_mention(nlp: Language) -> None:
    reading = Reading(nlp, "Iranian troops hit Hizbollah. Hezbollah accused Iran's army. Tehran denied it.")
    for phrase in ("Iranian troops", "Hizbollah", "Hezbollah", "Iran's army", "Tehran"):
        reading.of(phrase)
    troops, party, state = reading.resolver.actors()
    assert (troops.name, troops.aliases) == ("Iran (armed forces)", ("Iranian troops", "army"))
    assert "country IRN from the demonym 'Iranian'" in troops.reasons and "sector MIL from 'troops'" in troops.reasons
    assert (party.name, party.aliases) == ("Hezbollah", ("Hizbollah",))
    assert (state.name, state.kind) == ("Iran (government)", "state")


def test_the_text_may_say_which_congo(nlp: Language) -> None:
    assert told(Reading(nlp, "Today Congolese police met.").of("Congolese police")) == "COD COP"
    both = Reading(nlp, "The Republic of the Congo met. Congolese police left.")
    assert told(both.of("Congolese police")) == "COG COP"


def test_brussels_is_the_union_where_the_report_names_it(nlp: Language) -> None:
    assert told(Reading(nlp, "Brussels denied it.").of("Brussels")) == "BEL GOV"
    assert told(Reading(nlp, "The EU met. Brussels denied it.").of("Brussels")) == "EUR"


@pytest.mark.parametrize(
    ("marked", "phrase", "role", "codes"),
    [
        ("Kenyan oil minister [Joseph Tali|Person] met.", "Kenyan oil minister Joseph Tali", "oil minister", "KEN GOV"),
        ("[Joseph Tali|Person], Kenya's interior minister, met.", "Joseph Tali", "interior minister", "KEN GOV"),
        ("[Joseph Tali|Person], a Ugandan journalist, met.", "Joseph Tali", None, "UGA JRN"),
        ("The Kenyan minister, [Joseph Tali|Person], met.", "The Kenyan minister", "minister", "KEN GOV"),
        ("Kenyan Minister of Trade [Joseph Tali|Person] met.", "Kenyan Minister", "minister of trade", "KEN GOV"),
        ("His Kenyan counterpart, [Joseph Tali|Person], met.", "Joseph Tali", None, "KEN GOV"),
        ("Hamas leader [Joseph Tali|Person] met.", "Joseph Tali", "leader", "PSE REB PTY"),
        ("Former Kenyan president [Joseph Tali|Person] met.", "Joseph Tali", "president", "KEN ELI"),
        ("[Kenyan President Joseph Tali|Person] met.", "Joseph Tali", "president", "KEN GOV"),
        ("Kenyan Prime Minister Tali met.", "Kenyan Prime Minister Tali", "prime minister", "KEN GOV"),
        ("The mayor, the army and [Joseph Tali|Person] met.", "Joseph Tali", None, "-"),
    ],
)  # fmt: skip
def test_persons_take_country_sector_and_role_from_what_stands_beside_the_name(
    nlp: Language, marked: str, phrase: str, role: str | None, codes: str
) -> None:
    reading = Reading(nlp, marked)
    found = reading.participant(phrase)
    actor = reading.resolver.actors()[0]
    assert (found.role, told(actor), actor.kind) == (role, codes, "person")
    assert actor.name in {"Joseph Tali", "Tali"}


@pytest.mark.parametrize("later", ["Tali", "Joseph Tali", "Mr Tali", "Jonas Tali"])
def test_a_later_mention_is_the_person_named_in_full(nlp: Language, later: str) -> None:
    name = later.removeprefix("Mr ")
    reading = Reading(nlp, f"Kenyan minister [Joseph Tali|Person] met. Today Mr [{name}|Person] left.")
    first, second = reading.of("Kenyan minister Joseph Tali"), reading.of(name)
    assert (first.id == second.id) == (later != "Jonas Tali")
    assert first.name == "Joseph Tali"


def test_one_commander_spelled_three_ways_is_one(nlp: Language) -> None:
    reading = Reading(
        nlp, "General [Karim Suleimani|Person] met. [Kareem Soleimani|Person] left. [Sulaimani|Person] fled."
    )
    actors = [reading.of(phrase) for phrase in ("General Karim Suleimani", "Kareem Soleimani", "Sulaimani")]
    assert len({actor.id for actor in actors}) == 1
    assert actors[-1].aliases == ("Kareem Soleimani", "Sulaimani")


def test_a_surname_without_a_label_is_the_person_who_bears_it(nlp: Language) -> None:
    reading = Reading(nlp, "Kenyan minister [Joseph Tali|Person] met. Tali left.")
    assert reading.of("Kenyan minister Joseph Tali").id == reading.of("Tali").id


def test_a_surname_of_two_is_nobody_of_them(nlp: Language) -> None:
    reading = Reading(nlp, "[Ann Lee|Person] met [Ben Lee|Person]. [Lee|Person] left.")
    assert len({reading.of(phrase).id for phrase in ("Ann Lee", "Ben Lee", "Lee")}) == 3


def test_a_spokesman_with_a_name_is_the_body_he_speaks_for(nlp: Language) -> None:
    reading = Reading(nlp, "Kenyan army spokesman [Joseph Tali|Person] said. [Tali|Person] left.")
    found = reading.participant("Kenyan army spokesman Joseph Tali")
    assert found.role == "spokesman"
    actor = reading.of("Tali")
    assert (actor.id, actor.name, actor.aliases) == (found.actor, "Kenya (armed forces)", ())


def test_acronyms_that_the_text_defines(nlp: Language) -> None:
    defined = "The Popular Mobilization Forces (XPF) met the [Eastport Farmers Front|Organization] (EFF)."
    reading = Reading(nlp, f"{defined} Today XPF accused [EFF|Organization].")
    reading.at = reading.doc.text.index("Today")
    assert told(reading.of("XPF")) == "IRQ PRM"
    assert reading.of("EFF").name == "Eastport Farmers Front"


def test_a_weak_acronym_needs_the_name(nlp: Language) -> None:
    assert Reading(nlp, "Today SDF fighters met.").of("SDF fighters").country is None
    named = Reading(nlp, "The Syrian Democratic Forces left. SDF fighters met.")
    assert told(named.of("SDF fighters")) == "SYR REB"


@pytest.mark.parametrize(
    ("text", "phrase", "codes"),
    [
        ("Kenya met Kenyan farmers. Police fled.", "Police", "KEN COP"),
        ("Kenya met Kenyan farmers. The government fled.", "The government", "KEN GOV"),
        ("Kenya met Kenyan farmers. The country's army fled.", "The country's army", "KEN MIL"),
        ("Kenya met Kenyan farmers. Troops fled.", "Troops", "- MIL"),
        ("Kenya met Kenyan farmers. Foreign ministers fled.", "Foreign ministers", "- GOV"),
        ("Kenya met Kenyan farmers. Its army fled.", "Its army", "- MIL"),
        ("Kenya met Kenyan farmers. This government fled.", "This government", "- GOV"),
        ("Kenya met Kenyan farmers. The Eastport police fled.", "The Eastport police", "- COP"),
        ("Kenya met Kenyan farmers. President Lee fled.", "President Lee", "- GOV"),
        ("Kenya met Kenyan farmers in Kenya. President Lee fled.", "President Lee", "KEN GOV"),
        ("Kenya met Kenyan farmers in Kenya. Baghdad met. President Lee fled.", "President Lee", "- GOV"),
        ("Kenya met Iraq. Police fled.", "Police", "- COP"),
        ("Kenya met. Police fled.", "Police", "- COP"),
        ("NAIROBI (Wire) - Police fled.", "Police", "KEN COP"),
        ("NAIROBI, Jan 2 (Wire) \u2014 Kenya met Iraq. Police fled.", "Police", "KEN COP"),
        ("NAIROBI (Wire) - Iraqi troops met Iraq. Police fled.", "Police", "IRQ COP"),
        ("NAIROBI (Wire) - Iraqi troops met Iraq. The president fled.", "The president", "- GOV"),
    ],
)  # fmt: skip
def test_the_country_a_report_is_about_is_supplied_only_if_clear(
    nlp: Language, text: str, phrase: str, codes: str
) -> None:
    assert told(Reading(nlp, text).of(phrase)) == codes


def test_a_supplied_country_says_why(nlp: Language) -> None:
    actor = Reading(nlp, "Kenya met Kenyan farmers. Police fled.").of("Police")
    assert "country KEN from 2 of the report's 2 mentions of countries, the text naming none here" in actor.reasons
