from procedures import vocabulary
from procedures.vocabulary import key, lookup, spellings, told_by, words


def test_no_container_has_one_key_for_two_meanings() -> None:
    for lang in ("vi", "en"):
        pairs = [(container, word.into(lang)) for word in words() for container in word.containers]
        assert len(pairs) == len(set(pairs)), lang


def test_no_container_has_one_meaning_under_two_keys() -> None:
    pairs = [(container, word.id) for word in words() for container in word.containers]
    assert len(pairs) == len(set(pairs))


def test_no_vietnamese_key_is_an_english_key_of_the_same_container() -> None:
    containers = {container for word in words() for container in word.containers}
    for container in containers:
        assert not spellings(container, "vi").keys() & spellings(container, "en").keys()


def test_every_word_is_described_in_both_languages() -> None:
    assert all(word.description("vi") and word.description("en") for word in words())
    assert all(word.description("vi") != word.description("en") for word in words())


def test_the_same_key_may_mean_something_else_elsewhere() -> None:
    limit, clock = lookup("step", "thời hạn", "vi"), lookup("target", "thời hạn", "vi")
    assert limit is not None
    assert clock is not None
    assert (limit.id, clock.id) == ("within", "clock")


def test_a_key_is_known_with_the_tone_mark_in_the_old_and_the_new_place() -> None:
    assert lookup("target", "huỷ việc còn lại", "vi") == lookup("target", "hủy việc còn lại", "vi")
    assert lookup("target", "huỷ việc còn lại", "vi") is not None


def test_an_unaccented_key_is_not_known() -> None:
    assert lookup("step", "trach nhiem", "vi") is None


def test_the_core_words_of_the_language_are_there() -> None:
    assert key("step", "responsible", "vi") == "trách nhiệm"
    assert key("root", "breach_policy", "vi") == "không phù hợp khi"
    assert key("step", "not_same_as", "en") == "not_same_as"


def test_a_root_key_tells_the_language() -> None:
    assert [told_by(word) for word in ("quy trình", "procedure", "quy trinh")] == ["vi", "en", None]


def test_a_misplaced_key_has_its_homes() -> None:
    assert vocabulary.homes("trách nhiệm", "vi") == ("step",)
