"""The pages in other languages and in large print: chosen once, kept from page to page, and said of every passage."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from lxml import html
from starlette.datastructures import QueryParams

from cse_forms.answers.response import Response
from cse_forms.document.languages import PSEUDO, interface
from cse_forms.serving.look import Look, look_of, ways_from
from tests.commands import run
from tests.document.test_languages import leaves, unknown_words
from tests.entries import entries
from tests.serving.running import EXAMPLES, EXPECTED, FORM, PAGE, send, serving

WELSH = interface("cy", "cy").phrases.serving
OWN = tuple(leaves([dict(FORM.schema), FORM.id, FORM.version, FORM.digest, FORM.digest[7:19], "sha256"]))
"""All words that are the form's own, and nobody's."""

NAMES = {"English", "Cymraeg"}
"""What languages call themselves, on the pages that are in another one."""

HEARD = {"alt", "aria-label", "placeholder", "title"}
FOR_PROGRAMS = {
    "data-heading",
    "data-definition",
    "data-lang",
    "data-module",
    "data-most-rows",
    "data-prefix",
    "data-unsaved",
}
"""Attributes that nobody hears; the heading of a column that one repeats stands on the page too."""

FILLED_IN = re.compile(r"{\w+}|'intake'")
UNSEEN = {"head", "meta", "script", "style", "title"}


def passages(page: str) -> Iterator[tuple[str, str]]:
    """Yield every text that somebody sees or hears of a page, with the language that the page says it is in."""
    root = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for element in root.iter("*"):
        if element.tag in UNSEEN:
            continue
        yield element.text or "", language_of(element)
        for name, text in ((str(name), str(text)) for name, text in element.attrib.items()):
            # What a script says is in the language that is said with it.
            if name.startswith("data-") and name not in FOR_PROGRAMS:
                yield text, element.get("data-lang") or language_of(element)
            elif name in HEARD:
                yield text, language_of(element)
        for child in element:
            yield child.tail or "", language_of(element)


def language_of(element: Any) -> str:
    return next(str(one.get("lang")) for one in (element, *element.iterancestors()) if one.get("lang"))


def attributes(page: str, tag: str, name: str) -> list[str]:
    return [str(element.get(name)) for element in html.document_fromstring(page.encode()).iter(tag)]


def upload(client: httpx.Client, data: Any, query: str = f"?language={PSEUDO}") -> httpx.Response:
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    return client.post(f"/continue{query}", files={"document": ("kept.json", body)})


def every_page(client: httpx.Client) -> Iterator[httpx.Response]:
    """Yield pages of every kind in the language that nobody speaks."""
    address = f"{PAGE}?language={PSEUDO}"
    response = {"form": "intake", "version": "1.0.0", "answers": {"about": {"name": "2", "7": 1}, "8": [9]}}
    yield client.get(f"/?language={PSEUDO}&print=large")
    yield client.get(f"/9?language={PSEUDO}")
    yield client.get(f"{address}&at=1")
    yield upload(client, response)
    for refused in (b"", b"{", response | {"form": "9"}, response | {"version": "9.0.0"}):
        yield upload(client, refused)
    page = client.get(address)
    yield page
    sent = [pair for pair in entries(page.text) if pair[0] not in ("/about/date/day", "cse-forms.digest")]
    for changes in (
        {"/about/date/day": "0", "9": "9", "cse-forms.button": "get:docx"},
        {"/about/date/day": "", "cse-forms.digest": "9", "cse-forms.button": "get:docx"},
        {"/about/date/day": "0", "/signs/late/seen": "yes", "cse-forms.button": "continue"},
        {"serve.finished": "yes", "cse-forms.button": "get:pdf"},
    ):
        yield client.post(address, data={**dict(sent), **changes})
    yield client.post(address, data={"cse-forms.button": "continue"})


def test_no_word_of_the_pages_is_fixed_and_each_says_its_language(client: httpx.Client) -> None:
    seen = set()
    for page in every_page(client):
        assert page.headers["content-type"].startswith("text/html")
        for text, lang in passages(page.text):
            if lang == PSEUDO:
                assert not set(FILLED_IN.sub("", text)) & set("AEIOUaeiou"), text
                seen.add(text)
            else:
                assert text.strip() in NAMES or unknown_words(text, OWN) == "", text
    assert len(seen) > 100


def test_what_the_library_says_in_english_alone_is_said_to_be_english(client: httpx.Client) -> None:
    refused = upload(client, b"%PDF-1.7 broken").text
    said = [text for text, lang in passages(refused) if lang == "en-GB" and text not in NAMES]
    assert [text.rstrip("]") for text in said if unknown_words(text, OWN)] == [
        "The document is damaged, and cannot be read as a PDF file; look for a whole copy."
    ]


def test_a_choice_of_language_and_print_goes_from_page_to_page_and_into_the_files(client: httpx.Client) -> None:
    start = client.get("/?language=cy&print=large").text
    assert '<html lang="cy">' in start
    (link,) = (at for at in attributes(start, "a", "href") if at.endswith(f"{PAGE}?language=cy&print=large"))
    page = client.get(link)
    assert "large-print" in page.text
    (action,) = attributes(page.text, "form", "action")
    assert action == f"/{PAGE}?language=cy&print=large"
    pairs = dict(entries(page.text)) | {"/about/name": "Ann"}
    checked = client.post(action, data=pairs | {"cse-forms.button": "continue"})
    assert (WELSH.missing, "cy") in passages(checked.text)
    assert 'href="/?language=cy&amp;print=large">' in checked.text
    answers = Response(form=FORM.id, version=FORM.version, answers={"about": {"name": "Ann"}}, meta={"status": "draft"})
    record = client.post(action, data=pairs | {"cse-forms.button": "get:docx"}).content
    assert record == FORM.render("docx", answers, purpose="record", language="cy", large_print=True)
    later = client.post(action, data=pairs | {"cse-forms.button": "get:docx-fill"}).content
    assert later == FORM.render("docx", answers, purpose="fill", language="cy", large_print=True)


@pytest.mark.parametrize(
    ("query", "accepted", "default", "language"),
    [
        ("", "", None, "en-GB"),
        ("", "cy", None, "cy"),
        ("", "cy-GB,en;q=0.8", None, "cy"),
        ("", "en;q=0.5, CY;q=0.9", None, "cy"),
        ("", "fr, en-US;q=0.2, cy;q=0", None, "en-GB"),
        ("", "*", None, "en-GB"),
        ("", ";;q=x,,cy;q=2", None, "en-GB"),
        ("", "en", "cy", "cy"),
        ("language=en", "cy", "cy", "en-GB"),
        ("language=cy-GB", "en", None, "cy"),
        ("language=fr", "cy", None, "cy"),
        ("language=cy%22%3E%3Cscript%3E", "", None, "en-GB"),
    ],
)
def test_the_address_decides_the_language_then_the_command_then_the_browser(
    query: str, accepted: str, default: str | None, language: str
) -> None:
    assert look_of(QueryParams(query), accepted, default).language == language


def test_an_address_says_no_more_of_a_look_than_what_is_not_usual() -> None:
    assert Look().address("/") == "/"
    assert Look(is_large=True).address("/?at=0") == "/?at=0&print=large"
    welsh = Look(language="cy", usual_language="cy")
    assert welsh.address("/") == "/"
    ways = [(way.text, way.address) for way in ways_from(welsh, "/", "cy")]
    assert ways == [("English", "/?language=en-GB"), (WELSH.large_print, "/?print=large")]


def test_a_browser_s_language_is_followed_and_the_command_s_goes_before_it(client: httpx.Client) -> None:
    assert '<html lang="cy">' in client.get("/", headers={"Accept-Language": "cy"}).text
    with serving("--language", "cy") as welsh, httpx.Client(base_url=welsh.address, trust_env=False) as other:
        page = other.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
        assert '<html lang="cy">' in page
        assert WELSH.start.title in page
    refused = run("--definitions", EXAMPLES, "serve", "--no-open", "--language", "fr")
    assert refused.status == 2
    assert "no words in 'fr'" in refused.err


def test_what_to_do_in_an_emergency_stands_first_in_every_language(client: httpx.Client) -> None:
    for query in ("", "?at=1&", "?language=cy", "?at=1&language=cy"):
        before = client.get(f"{PAGE}{query}").text.partition('<form class="cse-form"')[0]
        assert (before.count('class="words warning-line"'), before.count("<nav")) == (1, 2), query
        assert before.index('class="words warning-line"') < before.index('id="contents"')


def test_what_was_read_of_a_welsh_page_travels_like_any_other(client: httpx.Client) -> None:
    response = FORM.new_response().to_dict() | {"answers": EXPECTED}
    page = upload(client, response, "?language=cy").text
    for step in (1, 3, 0):
        page = send(client, page, f"go:{step}").text
    assert send(client, page, "get:json").json()["answers"] == EXPECTED
