"""A plan written as text is read again as the same plan, whatever its words."""

from hypothesis import given
from hypothesis import strategies as st

from quality.programme.plan import Part, Plan, Task
from quality.programme.read import read_text
from quality.programme.text import to_text
from quality.programme.windows import parse_window
from tests.quality.programme.sample import sample

WORDS = (
    st.text(st.sampled_from("abcđêộ019 :#-'\"[]{},;&*!|>%@`.?()/\\=~Quý"), min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
NAMES = WORDS.filter(lambda text: ";" not in text)
KEYS = st.text(st.sampled_from("IVX123ab"), min_size=1, max_size=4)
TASKS = st.builds(
    Task,
    key=KEYS,
    name=WORDS,
    leads=st.lists(NAMES, max_size=2).map(tuple),
    with_=st.lists(NAMES, max_size=2).map(tuple),
    window=st.sampled_from(["Quý I", "Thường xuyên", "trước ngày 25 hàng quý"]).map(parse_window),
    result=st.just("") | WORDS,
    demands_plan=st.booleans(),
)
PARTS = st.builds(
    Part,
    key=KEYS,
    name=st.just("") | WORDS,
    tasks=st.lists(TASKS, min_size=1, max_size=3, unique_by=lambda t: t.key).map(tuple),
)
PLANS = st.builds(
    Plan,
    code=KEYS,
    year=st.integers(2000, 2099),
    name=WORDS,
    unit=WORDS,
    grounds=st.lists(WORDS, max_size=2).map(tuple),
    groups=st.lists(
        st.tuples(NAMES, st.lists(NAMES, min_size=1, max_size=2).map(tuple)), max_size=2, unique_by=lambda g: g[0]
    ).map(tuple),
    parts=st.lists(PARTS, min_size=1, max_size=2, unique_by=lambda part: part.key).map(tuple),
)


@given(PLANS)
def test_what_is_written_is_read_again(plan: Plan) -> None:
    again = read_text(to_text(plan, ["đầu tệp"]), "a.yaml")
    assert again.plan == plan, [finding.message.into("vi") for finding in again.findings]


def test_the_sample_is_written_and_read_again() -> None:
    assert read_text(to_text(sample()), "a.yaml").plan == sample()
