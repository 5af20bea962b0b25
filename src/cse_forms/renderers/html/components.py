"""GOV.UK Frontend's components, as Land Registry's templates draw them.

Their templates take a millisecond or two for each question. A component is therefore drawn once for each shape - which
parts it has, and how many options - with marks where the words go, and the words are put in their places afterwards.
What is kept between two pages holds no words: neither a form's nor anybody's answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import count
from typing import Any, TypeAlias

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup, escape

from cse_forms.document.tree import Redlined, Said

Shape: TypeAlias = "bool | int | str | tuple[str, tuple[tuple[str, Shape], ...]] | tuple[Shape, ...] | None"
"""Parameters without their words: None stands for words."""

_NAMED = "named"
_MARK = re.compile("\ue000([0-9]+)\ue001")
_BETWEEN_TAGS = re.compile(r">\s+<")


def component(name: str, parameters: Mapping[str, Any]) -> Markup:
    """Return a component with its words in it. Words are escaped, unless they are markup already.

    Args:
        name: the component's name in the GOV.UK Design System, such as date-input.
        parameters: what its macro takes; a parameter that is None is left out. Markup may be empty and still has its
            place, so that what comes and goes, such as an attribute, does not need a component of another shape.
    """
    words: list[str] = []
    texts, places = _drawn(name, _shape(parameters, words))
    parts = [texts[0]]
    for place, text in zip(places, texts[1:], strict=True):
        parts += (spoken(words[place]), text)
    return Markup("".join(parts))  # noqa: S704 - the texts are the component's own, and the words are escaped


def spoken(text: str) -> Markup:
    """Return a text as markup, each part of it that is in another language than the page marked with that language."""
    if not isinstance(text, Said):
        return escape(text)
    if isinstance(text, Redlined):
        return Markup("").join(_redlined(words, mark, label) for words, mark, label in text.parts)
    part = Markup('<span lang="{}">{}</span>')
    return Markup("").join(part.format(lang, words) if lang else escape(words) for words, lang in text.runs)


def _redlined(words: str, mark: str, label: str) -> Markup:
    """Return what went and what came as such; those who do not see it hear what it is."""
    name = {"deleted": "del", "inserted": "ins"}.get(mark)
    if name is None:
        return escape(words)
    hidden = '<span class="govuk-visually-hidden">{}</span>'
    part = Markup(f"<{name}>{hidden}{{}}{hidden}</{name}>")  # noqa: S704 - the names are those above
    return part.format(f"[{label}: ", words, "]")


def _shape(value: Any, words: list[str]) -> Shape:
    """Return the shape of a parameter, and add its words to those found so far."""
    if isinstance(value, Mapping):
        return _NAMED, tuple((key, _shape(part, words)) for key, part in value.items() if part is not None)
    if isinstance(value, (list, tuple)):
        return tuple(_shape(part, words) for part in value)
    if isinstance(value, str) and (value or isinstance(value, Markup)):
        words.append(value)
        return None
    if not isinstance(value, (bool, int, str)):
        raise TypeError(f"A component takes words, numbers, lists and mappings, and no {type(value).__name__}")
    return value


@lru_cache(maxsize=1024)
def _drawn(name: str, shape: Shape) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the texts between the places for words, and which words go to each place."""
    parameters = _parameters(shape, count())
    split = _MARK.split(_BETWEEN_TAGS.sub(">\n<", _macro(name)(parameters).strip()))
    return tuple(split[::2]), tuple(int(place) for place in split[1::2])


def _parameters(shape: Any, places: Iterator[int]) -> Any:
    if shape is None:
        return f"\ue000{next(places)}\ue001"
    if not isinstance(shape, tuple):
        return shape
    if shape and shape[0] == _NAMED:
        return {key: _parameters(part, places) for key, part in shape[1]}
    return [_parameters(part, places) for part in shape]


@cache
def _macro(name: str) -> Any:
    template = _environment().get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    macro_name = "govuk" + "".join(part.capitalize() for part in name.split("-"))
    return getattr(template.module, macro_name)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        autoescape=True,
        undefined=ChainableUndefined,  # the macros ask for parts of what was never given
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
