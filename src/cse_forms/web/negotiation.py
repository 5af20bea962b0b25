"""Which of several formats is sent: what a request accepts (RFC 9110, section 12), or what it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cse_forms.web.problems import ProblemError

_MOST = 50
"""So many of the types that a request accepts are looked at; browsers name about eight."""


def chosen(accept: str | None, offered: Mapping[str, str]) -> str:
    """Return the name of the format that a request accepts most; of those that it likes alike, the first.

    Args:
        accept: the Accept header, if there is one.
        offered: the media type of each format, by its name, in the order in which they are preferred here.

    Raises:
        ProblemError: it accepts none of them.
    """
    if accept is None or accept.strip() in {"", "*/*"}:
        return next(iter(offered))
    ranges = list(_ranges(accept))
    liked = {name: _liking(media_type.partition(";")[0], ranges) for name, media_type in offered.items()}
    best = max(liked, key=lambda name: liked[name])
    if liked[best] <= 0:
        raise not_acceptable(offered)
    return best


def not_acceptable(offered: Mapping[str, str]) -> ProblemError:
    """Return the problem that names the formats that there are."""
    available = tuple(dict.fromkeys(offered.values()))
    return ProblemError("not-acceptable", f"There is: {', '.join(available)}.", available=available)


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """Yield each range of types with its weight; what is malformed is passed over."""
    return ((name, weight) for name, weight in weighted(accept) if name.count("/") == 1)


def weighted(accept: str) -> Iterator[tuple[str, float]]:
    """Yield what a header says is accepted, each with its weight; what is malformed is passed over."""
    for part in accept.split(",", _MOST)[:_MOST]:
        name, *parameters = (word.strip().lower() for word in part.split(";"))
        weight: float | None = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                weight = _weight(value.strip())
        if weight is not None:
            yield name, weight


def _weight(text: str) -> float | None:
    """Return a weight from 0 to 1; None for what is none."""
    whole, _, digits = text.partition(".")
    if whole not in {"0", "1"} or len(digits) > 3 or (digits and not (digits.isascii() and digits.isdigit())):
        return None
    weight = float(text)
    return weight if weight <= 1 else None


def _liking(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """Return the weight of the range that names a type most closely; 0, if none does."""
    kind = f"{media_type.partition('/')[0]}/*"
    closest, liking = -1, 0.0
    for name, weight in ranges:
        closeness = {"*/*": 0, kind: 1, media_type: 2}.get(name, -1)
        if closeness > closest or (closeness == closest >= 0 and weight > liking):
            closest, liking = closeness, weight
    return liking
