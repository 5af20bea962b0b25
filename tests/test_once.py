"""What is worked out when it is first asked for."""

from __future__ import annotations

from cse_forms.once import once


class Counted:
    def __init__(self) -> None:
        self.times = 0

    @once
    def found(self) -> int:
        """What is found."""
        self.times += 1
        return self.times


def test_what_was_found_once_is_kept_for_each_by_itself() -> None:
    one, other = Counted(), Counted()
    assert one.times == 0
    assert (one.found, one.found, one.times) == (1, 1, 1)
    assert other.times == 0


def test_it_keeps_the_words_of_the_method_that_finds() -> None:
    assert Counted.found.__doc__ == "What is found."
