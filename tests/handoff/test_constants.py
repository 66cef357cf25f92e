"""What the handoff's modules bind by themselves: each name once, and none that nothing reads."""

from tests.documents import HOME
from tests.test_structure import _constants


def test_a_constant_of_the_handoff_is_set_once_and_a_private_one_is_read() -> None:
    twice, unread = list[str](), list[str]()
    for path in sorted((HOME / "handoff").rglob("*.py")):
        bound, read = _constants(path)
        twice += [f"{path.relative_to(HOME)}: {name}" for name in sorted({*bound}) if bound.count(name) > 1]
        unread += [f"{path.relative_to(HOME)}: {name}" for name in bound if name[:1] == "_" and name not in read]
    assert (twice, unread) == ([], [])
