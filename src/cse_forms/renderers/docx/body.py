"""One document's own parts: its words, its links, what stands on every page, and its properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from cse_forms.document.tree import LinkList, Panel, Table
from cse_forms.renderers.docx import blocks
from cse_forms.renderers.docx.controls import placeholders
from cse_forms.renderers.docx.filling import fillable, own_words, stated
from cse_forms.renderers.docx.layout import laid_out
from cse_forms.renderers.docx.markup import followed
from cse_forms.renderers.docx.templating import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cse_forms.document.tree import Document, Words
    from cse_forms.renderers.docx.package import Package


def written(document: Document, package: Package) -> dict[str, bytes]:
    """Return, by its name, each part of a package that is this document's own."""
    links = tuple(dict.fromkeys(address for address in _addresses(document) if followed(address) is not None))
    page = package.page
    to_fill = document.purpose == "fill"
    laid = laid_out(fillable(document) if to_fill else document.blocks, page)
    words = blocks.title(document, page) + "".join(blocks.block(each, document.labels, page) for each in laid)
    body = Markup(words)  # noqa: S704 - every text in it is escaped where it is put in.
    parts = {
        package.body: _part("document", package=package, page=page, body=body, to_fill=to_fill),
        package.header: _part("header", document=document),
        package.footer: _part("footer", document=document),
        package.core: _part("core", document=document),
        package.custom: _part("custom", document=document),
    }
    if package.carried is not None:
        own, unshown = own_words(document), stated(document)
        parts[package.carried] = _part("carried", document=document, own_words=own, stated=unshown)
    if package.glossary is not None:
        parts[package.glossary] = _part("glossary", placeholders=placeholders(document.labels))
    if links:
        prepared = dict(package.parts)[package.links]
        end = b"</Relationships>"
        parts[package.links] = prepared.replace(end, _xml("links", links=links) + end)
    return parts


def _part(name: str, **context: object) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + _xml(name, **context)


def _xml(name: str, **context: object) -> bytes:
    return environment().get_template(f"parts/{name}.xml").render(**context).encode()


def _addresses(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Panel):
            yield from _linked(block.blocks)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    if isinstance(cell, tuple):
                        yield from _linked(cell)


def _linked(words: tuple[Words, ...]) -> Iterator[str]:
    for block in words:
        if isinstance(block, LinkList):
            yield from (address for _, address in block.links)
