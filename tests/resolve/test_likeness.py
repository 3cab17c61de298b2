"""Names: what varies is one actor, what tells apart is two, in one report and across reports; keys agree with that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gesta.resolve.actors.agreement import agreeing
from gesta.resolve.actors.bodies_alike import body_key
from gesta.resolve.actors.letters import apart, given_name, heard, sounds
from gesta.resolve.actors.likeness import actor_key, same_actor
from gesta.resolve.actors.personal import person_key, take_name
from gesta.resolve.actors.syllables import chinese, east_asian, korean

SAME_PERSON = [
    ("Abdel Fattah al-Tali", "Gen. Abdelfattah Tali"),
    ("Abdurrahman Tali", "Abdul Rahman al-Tali"),
    ("Hadi al-Tali", "Hadi Al- Tali"),
    ("Mohamed bin Tali", "Muhammad ibn Tali"),
    ("Sergey Talin", "Sergei Talin's"),
    ("Han Ki-moon", "Han Ki Moon"),
    ("Choi Byung-wook", "Choe Byeong-uk"),
    ("Xie Guoping", "Hsieh Kuo-p'ing"),
    ("Sato Kenji", "Kenji Sato"),
    ("Yehudit Har-Tal", "Yehudit Hartal"),
    ("Ilham Rashid oglu Talizade", "Ilham Talizade"),
    ("José Luis Talavera Moro", "Jose Luis Talavera"),
    ("R. Talinathan", "Ramesh Talinathan"),
    ("Ann Marie Talbot", "Ann Talbot"),
    ("Mohammad Reza Taliban Zad", "Reza Taliban Zad"),
    ('Ramon "Kumander" Talaban', "Ramon Talaban"),
    ("Emma Tallington", "Emma Tallingtn"),
    ("Sheikh Yusuf Tali", "Youssef Tali"),
    ("Mykola Talchuk", "Nikolai Talchuk"),
    ("Tal, Ann", "Ann Tal"),
    ('William "Whip" Tal', "Whip Tal"),
    ("Jokowi", "President Joko Widodo"),
]
TWO_PERSONS = [
    ("Hassan Tali", "Hussein Tali"),
    ("Hamad bin Isa Tali", "Isa bin Hamad Tali"),
    ("Mahamat Isa Tali", "Isa Tali"),
    ("Kim Sang-hoon", "Kim Sung-hoon"),
    ("Li Qiang", "Li Keqiang"),
    ("Nguyen Van Thang", "Nguyen Van Thanh"),
    ("Oleg Talin", "Olena Talina"),
    ("Tesfaye Berhanu", "Berhanu Tesfaye"),
    ("Ben Tal Jr", "Ben Tal"),
    ("Fabio Tal", "Fabián Tal"),
    ("Ann Tal", "Ann Tal's lawyer"),
    ("Mr Tal", "Mrs Tal"),
    ("Sipho Tal", "Mrs Tal"),
    ("S. Tal", "T. Tal"),
    ("Ann B. C. Tal", "Ann C. Tal"),
    ("Karim Tal", "Karima Tal"),
    ("Ann Tal", "Tal"),
]
SAME_BODY = [
    ("Ministry of Defence of Chad", "Chad's Defense Ministry"),
    ("Frente Popular de Talia", "Popular Front of Talia"),
    ("Talia Workers Union", "Talia Workers' Union"),
    ("Lashkar-e-Talia", "Lashkar-i-Talia"),
    ("Talia Liberation People's Army", "TLPA"),
    ("Talia Grain Ltd", "Talia Grain Limited"),
    ("Saraya al-Talia", "Saraya Al Talia"),
    ("44th Talia Brigade", "44 Talia Bde"),
    ("Talia Workers Union (TWU)", "Talia Workers Union"),
    ("Tatmadaw", "Myanmar military"),
]
TWO_BODIES = [
    ("Ministry of Defence of Chad", "Ministry of Justice of Chad"),
    ("Iraqi army", "Iranian army"),
    ("26th Talia Division", "36th Talia Division"),
    ("Talia Liberation Movement", "Talia Liberation Movement-North"),
    ("Talia Party (Marxist)", "Talia Party (Maoist)"),
    ("Talia Paper Holdings", "Talia Power Holdings"),
    ("Talia", "Talia Liberation Front"),
    ("Upper Talia Bank", "Lower Talia Bank"),
    ("Government of Sudan", "Government of South Sudan"),
    ("Lok Sabha", "Rajya Sabha"),
    ("Talia", "Talia FC"),
]


@pytest.mark.parametrize(("one", "two"), SAME_PERSON)
def test_what_varies_in_a_persons_name_is_let_pass(one: str, two: str) -> None:
    verdict = same_actor(one, two, within_report=False, kind="person")
    assert verdict.same and verdict.reason


@pytest.mark.parametrize(("one", "two"), TWO_PERSONS)
def test_what_tells_persons_apart_outweighs_the_letters(one: str, two: str) -> None:
    verdict = same_actor(one, two, within_report=False, kind="person")
    assert not verdict.same and verdict.reason
    assert person_key(one) != person_key(two) or len(take_name(one).words) == 1, "a single name is no key"


@pytest.mark.parametrize(("one", "two"), SAME_BODY)
def test_what_varies_in_a_bodys_name_is_let_pass(one: str, two: str) -> None:
    assert same_actor(one, two, within_report=False, kind="body").same


@pytest.mark.parametrize(("one", "two"), TWO_BODIES)
def test_what_tells_bodies_apart_outweighs_the_words(one: str, two: str) -> None:
    assert not same_actor(one, two, within_report=True, kind="body").same
    assert body_key(one) != body_key(two)


@pytest.mark.parametrize(
    ("short", "full", "kind"),
    [
        ("Tal", "Ann Tal", "person"),
        ("Ms Tal", "Ann Tal", "person"),
        ("Ben Tal", "Itamar Ben-Tal", "person"),
        ("Ka Tal", 'Rolando "Ka Tal" Moro', "person"),
        ("ABT", "Ann Bay Tal", "person"),
        ("the Congress", "Talia Teachers' Congress", "body"),
        ("Talia police command", "Talia State Police Command", "body"),
    ],
)
def test_a_part_is_enough_in_one_report_only(short: str, full: str, kind: str) -> None:
    assert same_actor(short, full, within_report=True, kind=kind).same  # type: ignore[arg-type]
    assert not same_actor(short, full, within_report=False, kind=kind).same  # type: ignore[arg-type]


def test_known_groups_are_what_the_table_says() -> None:
    assert same_actor("Daesh", "ISIL", within_report=False).same
    assert not same_actor("Hezbollah", "Kata'ib Hezbollah", within_report=False).same
    assert same_actor("AKP", "AK Party (Turkey)", within_report=False).same
    assert not same_actor("Joko Widodo", "Prabowo Subianto", within_report=True, kind="person").same


def test_the_kind_is_guessed_where_it_is_not_told() -> None:
    assert same_actor("Tal", "Ann Tal", within_report=True).same
    assert not same_actor("Talia Front", "Talia Union", within_report=True).same


@pytest.mark.parametrize(("one", "two"), SAME_PERSON[:9])
def test_certain_variants_share_a_key(one: str, two: str) -> None:
    assert actor_key(one) == actor_key(two)


def test_the_key_of_a_body_knows_no_order_and_no_language() -> None:
    keys = {
        body_key(name)
        for name in ("Ministry of Defence of Chad", "Chadian Ministry of Defense", "Ministère de la Défense, Chad")
    }
    assert len(keys) == 1
    assert body_key("Talia Front") != body_key("Talia Union")


def test_a_name_is_taken_apart() -> None:
    name = take_name('Gen. Rodrigo "Digong" Tal Jr.')
    assert (name.words, name.bynames, name.rank) == (("rodrigo", "tal"), ("digong",), "younger")
    assert take_name("Mrs Tal").female and take_name("Mr Tal").female is False
    assert take_name("Ann Tal's spokesman").owner and not take_name("Ann Tal's").owner
    assert take_name("'s").words == ()


def test_names_of_east_asia_go_by_syllables() -> None:
    assert east_asian(("kim", "jong-un")) == "korean" and east_asian(("xi", "jinping")) == "chinese"
    assert east_asian(("ann", "tal")) == east_asian(("kim",)) == ""
    assert korean(("lee", "myung-bak")) == korean(("ri", "myong-pak")) or korean(("lee",)) == korean(("ri",))
    assert chinese(("mao", "tse-tung")) == (("mao",), ("ze", "ce"), ("dong", "tong"))
    assert chinese(("li", "peng")) == (("li",), ("peng",)) and chinese(("smith",)) == ()


def test_letters() -> None:
    assert sounds("sergey") == sounds("sergei") and sounds("shoigu") == sounds("shoygu")
    assert given_name("muhammad") == "mohammed" and given_name("talia") is None
    assert heard("henry") != heard("henri") and heard("muhammad") == heard("mohamed")
    assert apart("hasan", "hussein") >= 5 and apart("balungu", "balinga") >= 1 > apart("tavassol", "tavasol")


def test_the_nearest_kind_of_likeness_counts() -> None:
    assert agreeing("Lee", ["Ann Lee", "Lee Moe"]) == [0]
    assert agreeing("Moe", ["Ann Lee", "Ben Tal"]) == []


WORD = st.text("abdehiklmnorstuyz", min_size=3, max_size=9)
NAME = st.lists(WORD, min_size=2, max_size=4).map(lambda words: " ".join(word.capitalize() for word in words))
ANY = st.text(max_size=24) | NAME


@given(ANY, ANY, st.booleans(), st.sampled_from(["person", "body", None]))
def test_the_answer_is_the_same_both_ways(one: str, two: str, within: bool, kind: None) -> None:
    forth, back = (same_actor(*pair, within_report=within, kind=kind) for pair in ((one, two), (two, one)))
    assert forth.same == back.same


@given(NAME, st.sampled_from(["person", "body"]))
def test_a_name_is_its_own(name: str, kind: str) -> None:
    for spelt in (name, f"{name}'s", name.upper(), f"  {name} "):
        assert same_actor(name, spelt, within_report=False, kind=kind).same  # type: ignore[arg-type]
    assert actor_key(name, kind=kind) == actor_key(f"{name}'s", kind=kind)  # type: ignore[arg-type]


@given(NAME, st.sampled_from(["President", "Gen.", "Sheikh", "Dr"]))
def test_titles_are_no_part_of_the_key(name: str, title: str) -> None:
    assert person_key(f"{title} {name}") == person_key(name)
