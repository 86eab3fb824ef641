"""The door to Graphviz: other formats, other ways to it, and words when there is none."""

import threading

import graphviz
import pytest

from procedures.model import Procedure
from visualize.drawing import DrawingUnavailable, _by_program, draw
from visualize.render import list_twin, pictures, svg_whole


def test_a_picture_is_also_a_png_and_a_pdf(sample: Procedure) -> None:
    picture = pictures(sample)[0]
    assert draw(picture, "png").startswith(b"\x89PNG")
    assert draw(picture, "pdf").startswith(b"%PDF")


def test_without_graphviz_the_refusal_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DrawingUnavailable) as refused:
        _by_program("digraph {}", "svg")
    assert refused.value.words.into("vi").startswith("vẽ lưu đồ cần Graphviz")
    assert "apt-get install graphviz" in refused.value.words.into("en")


def test_drawing_in_many_threads_gives_the_same_bytes(long: Procedure) -> None:
    whole = svg_whole(long)
    drawn: list[bytes] = []
    threads = [threading.Thread(target=lambda: drawn.append(svg_whole(long))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [whole] * 4


def test_words_that_look_like_markup_stay_words(sample: Procedure) -> None:
    odd = sample.model_copy(update={"name": "Mua <b> & “bán” \\l"})
    assert "Mua &lt;b&gt; &amp; “bán” \\l" in svg_whole(odd).decode()
    first = sample.steps[0].model_copy(update={"name": "<b>Lập</b> & ký \\N"})
    assert draw(pictures(odd.model_copy(update={"steps": (first, *sample.steps[1:])}))[0], "png")


def test_both_styles_and_papers_are_drawn_and_listed(sample: Procedure) -> None:
    assert pictures(sample, "lan-boi", paper="A4-ngang")[0].width == 247
    assert pictures(sample, "lan-boi")[0].width == 160
    assert len(list_twin(sample)) == 8
    assert graphviz.__version__
