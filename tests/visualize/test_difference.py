"""Two issues upon one flowchart: signs, words and fills tell the same, and the list twin says it."""

import random

import pytest
from random_procedures import made

from procedures.difference import difference
from procedures.model import BackTo, Branch, Go, Procedure, Step
from visualize.diagram import PLAIN
from visualize.difference import LOOKS, difference_diagram, difference_listing, difference_svg


def changed(sample: Procedure) -> Procedure:
    """Leave `phê duyệt` out, put `ký nháy` in, give `khảo giá` another time, and call `xem xét` otherwise."""
    from specimen import days, step, to

    steps: list[Step] = []
    for one in sample.steps:
        if one.key == "phê duyệt":
            continue
        if one.key == "khảo giá":
            steps.append(one.model_copy(update={"norm": days(3)}))
        elif one.key == "mua sắm":
            steps += [step("ký nháy", "Ký nháy", "chánh văn phòng", to("mua sắm")), one]
        else:
            steps.append(one)
    agreed = (Branch(target=Go(steps=("ký nháy",))),)
    ways = tuple(
        one.model_copy(update={"branches": agreed}) if one.label == "Đồng ý" else one
        for one in sample.step("xem xét").outcomes
    )
    return sample.model_copy(
        update={"steps": tuple(s.model_copy(update={"outcomes": ways}) if s.key == "xem xét" else s for s in steps)}
    )


def test_each_step_bears_its_sign_in_words_and_fill(sample: Procedure) -> None:
    shown = difference_diagram(difference(sample, changed(sample)))
    assert shown.node("ký nháy").mark.lines == ("+ thêm mới",)
    assert shown.node("phê duyệt").mark.lines == ("− bỏ",)
    assert shown.node("phê duyệt").mark.struck
    assert shown.node("khảo giá").mark.lines == ("~ sửa: thời hạn",)
    assert shown.node("lập phiếu").mark == PLAIN


def test_no_two_signs_differ_in_colour_alone() -> None:
    looks = {(look.dashed, look.struck, look.frames, look.weight) for look in LOOKS.values()}
    assert len(looks) == len({look.fill for look in LOOKS.values()}) == len(LOOKS)


def test_a_step_that_went_stands_where_it_stood_with_its_ways(sample: Procedure) -> None:
    shown = difference_diagram(difference(sample, changed(sample)))
    keys = [node.key for node in shown.nodes]
    assert keys[keys.index("xem xét") + 1] == "phê duyệt"
    assert [node.row for node in shown.nodes] == list(range(len(keys)))
    assert any(edge.source == "phê duyệt" and edge.targets == ("mua sắm",) for edge in shown.edges)
    assert (shown.node("phê duyệt").href, shown.node("phê duyệt").number) == (None, "(6)")


def test_what_was_before_stands_in_the_side_column(sample: Procedure) -> None:
    shown = difference_diagram(difference(sample, changed(sample)))
    assert shown.node("khảo giá").cells[1] == ("3 ngày làm việc", "trước: 2 ngày làm việc")


def test_the_list_says_what_the_picture_shows(sample: Procedure) -> None:
    said = difference_listing(difference(sample, changed(sample)))
    assert len(said) == len(difference_diagram(difference(sample, changed(sample))).nodes)
    assert any("Khảo sát giá" in one and one.endswith("Sửa: thời hạn.") for one in said)
    assert any("Lãnh đạo Sở phê duyệt" in one and one.endswith("Bỏ.") for one in said)


def test_without_a_change_nothing_is_marked(sample: Procedure) -> None:
    shown = difference_diagram(difference(sample, sample))
    assert {node.mark for node in shown.nodes} == {PLAIN}


def test_a_difference_is_drawn(sample: Procedure) -> None:
    drawn = difference_svg(difference(sample, changed(sample))).decode()
    assert "thêm mới" in drawn
    assert drawn == difference_svg(difference(sample, changed(sample))).decode()


@pytest.mark.parametrize("seed", range(12))
def test_any_two_procedures_are_drawn_upon_one_another(seed: int) -> None:
    before = made(seed)
    chance = random.Random(seed)  # noqa: S311 -- chance for a test
    kept = tuple(step for step in before.steps if chance.random() < 0.8) or before.steps
    known = {step.key for step in kept}
    after = before.model_copy(update={"steps": tuple(_within(step, known, kept[-1].key) for step in kept)})
    shown = difference_diagram(difference(before, after))
    assert {node.key for node in shown.nodes if node.number} == {step.key for step in before.steps}
    assert difference_svg(difference(after, before)).startswith(b"<")


def _within(step: Step, known: set[str], last: str) -> Step:
    """Keep only ways to steps that are there."""

    def way(branch: Branch) -> Branch:
        target = branch.target
        if isinstance(target, Go) and not set(target.steps) <= known:
            return Branch(target=Go(steps=tuple(key for key in target.steps if key in known) or (last,)))
        if isinstance(target, BackTo) and target.step not in known:
            return Branch(target=BackTo(step=last))
        return branch

    made_ = tuple(one.model_copy(update={"branches": tuple(map(way, one.branches))}) for one in step.outcomes)
    return step.model_copy(update={"outcomes": made_})
