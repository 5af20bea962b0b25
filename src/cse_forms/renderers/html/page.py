"""The page: the document's blocks in order, with the templates and the style sheet that belong to it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, TypeAlias

from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from cse_forms.document.flow import WIDEST, widened
from cse_forms.document.tree import (
    ABOUT,
    Block,
    BulletList,
    Document,
    Heading,
    LinkList,
    Panel,
    Paragraph,
    Question,
    Row,
    Said,
    Sending,
    Table,
    TermList,
    Words,
)
from cse_forms.errors import InputError
from cse_forms.renderers.html.characters import css_string, for_page, identifier, may_be_followed
from cse_forms.renderers.html.components import component, spoken
from cse_forms.renderers.html.controls import Naming, control, shown_as_date
from cse_forms.renderers.html.sending import droppable, legend, own_classes, prefixed, problems, scoped, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Part: TypeAlias = tuple[str, object]
"""The name of a template in `blocks/`, and what it is to show."""

Branches: TypeAlias = "tuple[tuple[str, Branches], ...]"
"""Items of a list, each with its own list."""

TEMPLATE_OF = {
    Heading: "heading",
    Panel: "panel",
    Question: "question",
    Table: "table",
    Paragraph: "paragraph",
    BulletList: "bullet-list",
    TermList: "term-list",
    LinkList: "link-list",
}
"""The template, in `blocks/` or `words/`, of each class of the document tree."""

TALL_ROW = 1200
"""Characters in one cell from which the end of a printed page may part a row: so many fill about a third of a
page, and a row that is held together leaves its own height empty on the page before."""


_LETTERS = 50
"""How many letters stand side by side in a table in large print, less the space around words in its cells."""


class HtmlRenderer:
    """Renders a document as one HTML page that needs nothing beside itself, or as a fragment for another page."""

    media_type = "text/html; charset=utf-8"
    suffix = ".html"

    def __init__(
        self, environment: Environment | None = None, *, page: str = "page.html", form: str = "form.html"
    ) -> None:
        """Take a host's templates.

        Args:
            environment: the host's, whose loader, filters, tests and globals its templates use. A template of its own
                takes the place of one of these of the same name, such as `blocks/question.html`; it begins with
                `{% extends "cse_forms/page.html" %}` where it replaces some blocks of one.
            page: the name of the template of a page.
            form: that of a form to be filled in, in a page or as a fragment.
        """
        self._environment = _templates() if environment is None else _templates_of(environment)
        self._page, self._form = page, form

    def render(self, document: Document) -> str:
        """Return the page. It can be encoded as UTF-8, whatever the answers hold."""
        return for_page(self._rendered(self._page, document))

    def fragment(self, document: Document, *, prefix: str = "") -> Markup:
        """Return the form of a page that is filled in and sent back, without the page around it.

        Args:
            document: the document, of `Form.page_document`.
            prefix: what all identifiers begin with, and all classes that are the library's own.

        Raises:
            InputError: the document is of no such page, or the prefix is no name.
        """
        if document.sending is None:
            raise InputError("A fragment is of a form that is sent back; make its document with Form.page_document")
        made = for_page(self._rendered(self._form, document, is_fragment=True, prefix=prefix))
        style = _style_sheet(is_sent=True) + _sizes_of(document)
        return Markup(prefixed(made, prefix, own_classes(style) | {"cse-form"}))  # noqa: S704 - words are escaped

    def style_sheet(self, document: Document, *, prefix: str = "", dark: bool = True) -> str:
        """Return the style sheet of a fragment, which holds within it alone.

        Args:
            document: the fragment's. The style sheet of a blank form serves all pages of that form.
            prefix: the fragment's.
            dark: whether the host's page is dark where somebody's screen is; if not, the fragment stays light too.

        Raises:
            InputError: the prefix is no name.
        """
        return scoped(_style_sheet(is_sent=True, in_print=False, in_dark=dark) + _sizes_of(document), prefix)

    def _rendered(self, template: str, document: Document, *, is_fragment: bool = False, prefix: str = "") -> str:
        if document.large_print:
            document = replace(document, blocks=tuple(_widened(document.blocks)))
        sending = document.sending
        style = _style_sheet(is_sent=sending is not None) + _style_of(document)
        digest = b64encode(sha256(style.encode()).digest()).decode()
        warnings = tuple(_first(document.blocks))
        # Of a page that is sent back, the buttons stand before what is said about the form.
        asked = len(document.blocks) if sending is None else _end_of_questions(document.blocks)
        return self._environment.get_template(template).render(
            document=document,
            labels=document.labels,
            warnings=tuple(_parts(warnings)),
            parts=tuple(_parts(document.blocks[len(warnings) : asked], sending)),
            about=tuple(_parts(document.blocks[asked:])),
            contents=tuple(_contents(document.blocks)),
            to_be_answered=any(question.answer is None for question in _questions(document.blocks)),
            style=style,
            style_digest=digest,
            sources=sources(sending),
            problems=problems(sending, document.blocks),
            kept_title=None if sending is None else legend(sending.kept),
            form_template=self._form,
            is_fragment=is_fragment,
            prefix=prefix,
        )


@cache
def _templates() -> Environment:
    return _environment(PackageLoader("cse_forms.renderers.html", "templates"))


def _templates_of(host: Environment) -> Environment:
    """Return an environment in which a host's templates stand before these, which it may extend."""
    own = PackageLoader("cse_forms.renderers.html", "templates")
    loaders = [*([host.loader] if host.loader else []), PrefixLoader({"cse_forms": own}), own]
    environment = _environment(ChoiceLoader(loaders))
    for theirs, ours in ((host.globals, environment.globals), (host.filters, environment.filters)):
        ours.update({**theirs, **ours})
    environment.tests.update({**host.tests, **environment.tests})
    return environment


def _environment(loader: BaseLoader) -> Environment:
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: spoken(value) if isinstance(value, Said) else value,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(component=component, control=control, naming=Naming)
    environment.filters["facts"] = _facts
    environment.filters["unmarked"] = str  # for attributes, which hold no markup
    environment.filters["leading_paragraphs"] = _leading_paragraphs
    environment.filters["size"] = _size
    environment.filters["identifier"] = identifier
    environment.filters["template"] = _template_of
    environment.filters["required_columns"] = _required_columns
    environment.filters["shares"] = _shares
    environment.filters["nested"] = _nested
    environment.tests["question"] = _is_question
    environment.tests["grouped"] = _is_grouped
    environment.tests["followed"] = may_be_followed
    environment.tests["tall"] = _is_tall
    environment.tests["wide"] = _is_wide
    environment.filters["droppable"] = droppable
    return environment


@cache
def _style_sheet(*, is_sent: bool = False, in_print: bool = True, in_dark: bool = True) -> str:
    folder = files("cse_forms.renderers.html")
    names = [
        "govuk/govuk.css",
        "style.css",
        *(["dark.css"] if in_dark else []),
        *(["print.css"] if in_print else []),
        *(["sending.css"] if is_sent else []),
    ]
    return "".join((folder / name).read_text("utf-8") for name in names)


def _style_of(document: Document) -> str:
    """Return the rules that only this document needs: the page's policy would refuse a `style` attribute."""
    labels = document.labels
    page_number = f"{css_string(labels.page + ' ')} counter(page) {css_string(f' {labels.of} ')} counter(pages)"
    size = "font-size:18pt" if document.large_print else ""
    margins = [
        f"@bottom-left{{content:{css_string(document.reference)};{size}}}",
        f"@bottom-right{{content:{page_number};{size}}}",
    ]
    if document.banner:
        margins.append(f"@top-center{{content:{css_string(document.banner)};{size}}}")
    return f"{_sizes_of(document)}@page{{{''.join(margins)}}}\n"


def _sizes_of(document: Document) -> str:
    """Return the widths of the document's columns, and the heights of its fields."""
    shares = sorted({share for block in document.blocks if isinstance(block, Table) for share in _shares(block)})
    rows = sorted({question.lines for question in _questions(document.blocks)})
    return "".join(f".share-{share}{{width:{share}%}}\n" for share in shares) + "".join(
        f'textarea[rows="{count}"]{{--lines:{count}}}\n' for count in rows
    )


def _widened(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield the blocks, with columns in which the words of the form are not broken in large print."""
    for block in blocks:
        yield widened(block, _LETTERS) if isinstance(block, Table) else block


def _parts(blocks: tuple[Block, ...], sending: Sending | None = None) -> Iterator[Part]:
    """Yield the blocks, with answered questions that follow one another as one list."""
    tables = 0
    repeated = frozenset(_in_several_tables(blocks))
    for listed, group in groupby(blocks, _is_listed):
        if listed:
            yield "answers", tuple(group)
            continue
        for block in group:
            if isinstance(block, Table):
                tables += 1
                yield "table", (block, f"t{tables}", sending, repeated)
            else:
                yield _template_of(block), block


def _in_several_tables(blocks: Iterable[Block]) -> Iterator[tuple[str | None, str]]:
    """Yield the number and the words of rows that stand in more than one table."""
    found: set[tuple[str | None, str]] = set()
    for table in blocks:
        own = {(row.number, row.header) for row in table.rows} if isinstance(table, Table) else set()
        yield from own & found
        found |= own


def _template_of(item: object) -> str:
    return TEMPLATE_OF[type(item)]


def _is_listed(block: Block) -> bool:
    """Tell whether a block is an answered question that needs no heading of its own."""
    return isinstance(block, Question) and block.answer is not None and block.heading_level is None


def _end_of_questions(blocks: tuple[Block, ...]) -> int:
    """Return the place of the first block that is about the form itself; that after the last, if none is."""
    places = (place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.anchor == ABOUT)
    return next(places, len(blocks))


def _first(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield the warnings with which a document begins, and notes that stand before them."""
    found: list[Block] = []
    for block in takewhile(_is_warning_or_note, blocks):
        found.append(block)
        if isinstance(block, Panel) and block.kind == "warning":
            yield from found
            found.clear()


def _is_warning_or_note(block: Block) -> bool:
    return isinstance(block, Panel) and block.kind in ("warning", "note")


def _contents(blocks: tuple[Block, ...]) -> Iterator[tuple[str | None, str, str]]:
    """Yield (number, text, pointer) of what a list of contents names: the headings of level 2."""
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2 and block.anchor is not None:
            yield block.number, block.text, block.anchor
        elif isinstance(block, Question) and block.heading_level == 2:
            yield block.number, block.label, block.pointer


def _questions(blocks: tuple[Block, ...]) -> Iterator[Question]:
    for block in blocks:
        if isinstance(block, Question):
            yield block
        elif isinstance(block, Table):
            for row in block.rows:
                yield from (cell for cell in row.cells if isinstance(cell, Question))


def _required_columns(table: Table) -> tuple[bool, ...]:
    """Tell for each column whether all of its questions are required: its heading then says so, once."""
    columns = zip(*(row.cells for row in table.rows), strict=True)
    required = tuple(
        all(isinstance(cell, Question) and cell.required and cell.answer is None for cell in column)
        for column in columns
    )
    return required or (False,) * len(table.columns)


def _shares(table: Table) -> tuple[int, ...]:
    """Return the columns' widths in parts of a hundred."""
    total = sum(table.widths)
    return tuple(round(100 * width / total) for width in table.widths)


def _nested(listed: BulletList) -> Branches:
    """Return the items of a list, each with those that stand below it."""
    found: list[tuple[str, Branches]] = []
    items = listed.deep_items
    for index, (depth, text) in enumerate(items):
        if depth == 0:
            below = tuple(takewhile(lambda item: item[0] > 0, items[index + 1 :]))
            inner = BulletList(items=tuple(text for _, text in below), depths=tuple(deep - 1 for deep, _ in below))
            found.append((text, _nested(inner)))
    return tuple(found)


def _is_question(item: object) -> bool:
    return isinstance(item, Question)


def _is_grouped(question: Question) -> bool:
    """Tell whether a question needs a group with a legend around its controls."""
    if question.kind == "tick":
        return question.heading_level is not None or question.options[0].title != question.label
    return question.kind in ("choice", "choices") or (question.kind == "date" and shown_as_date(question))


def _size(level: int | None) -> str:
    """Return how large GOV.UK Frontend sets a heading of this level."""
    return {2: "l", 3: "m"}.get(level or 6, "s")


def _facts(facts: tuple[tuple[str, str], ...]) -> list[dict[str, object]]:
    """Return the rows of a summary list."""
    words = Markup('<span class="words" dir="auto">{}</span>')
    return [{"key": {"text": name}, "value": {"html": words.format(spoken(value))}} for name, value in facts]


def _leading_paragraphs(blocks: tuple[Words, ...]) -> list[str]:
    """Return the words of the paragraphs that come before anything else."""
    found: list[str] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            break
        found.append(block.text)
    return found


def _is_wide(table: Table) -> bool:
    """Tell whether a table has too many columns for a page in large print: its rows then become blocks."""
    return len(table.widths) > WIDEST


def _is_tall(row: Row) -> bool:
    return any(
        isinstance(cell, Question) and cell.answer is not None and len(cell.answer.text) >= TALL_ROW
        for cell in row.cells
    )
