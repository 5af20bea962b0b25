"""The drawing of a decision diagram: well formed, told in words too, and nothing over anything else."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser

from cse_forms.document.tree import Chart, Diagram, Step
from cse_forms.forms import shipped_catalogue
from cse_forms.renderers.svg import WIDTH, draw

FORMS = list(shipped_catalogue().versions())
SVG = "{http://www.w3.org/2000/svg}"
LONG = "Where a very long sentence stands in a box, it is parted into lines, and the box grows with them. " * 4
HOSTILE = '<script>alert(1)</script> & "quoted" \x00 \ud800 ' + "W" * 300


def step(text: str, result: str | None = None, onward: str | None = None) -> Step:
    return Step(lines=((0, text), (1, text), (2, text)), label="holds", result=result, onward=onward)


def diagram(*steps: Step) -> Diagram:
    charts = (Chart(title="One", steps=steps), Chart(title="Two", steps=steps))
    return Diagram(
        title="A diagram", language="en-GB", description="It decides.", reference="form 1.0.0", charts=charts
    )


DRAWN = {
    **{name: shipped_catalogue().get_form(name).diagram() for name in FORMS},
    "long": diagram(step(LONG, "High", "else"), step("Short.", LONG, "else"), step(LONG)),
    "hostile": diagram(step(HOSTILE, HOSTILE, "else"), step(HOSTILE)),
}

OVERLAPS = """() => {
  const faults = [];
  const box = element => element.getBBox();
  const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  const holds = (a, b) =>
    a.x <= b.x && a.y <= b.y && b.x + b.width <= a.x + a.width && b.y + b.height <= a.y + a.height;
  const [page, ...boxes] = [...document.querySelectorAll('rect')].map(box);
  const texts = [...document.querySelectorAll('text')];
  for (const text of texts) {
    if (!holds(page, box(text))) faults.push(`outside: ${text.textContent}`);
    for (const other of boxes)
      if (meet(other, box(text)) && !holds(other, box(text))) faults.push(`over an edge: ${text.textContent}`);
  }
  for (const [index, one] of boxes.entries())
    for (const other of boxes.slice(index + 1)) if (meet(one, other)) faults.push('two boxes');
  const lines = texts.map(box).map(({x, y, width, height}) => ({x, y: y + 3, width, height: height - 6}));
  for (const [index, one] of lines.entries())
    for (const other of lines.slice(index + 1)) if (meet(one, other)) faults.push('two lines');
  return faults;
}"""


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_is_well_formed_and_says_what_it_is(name: str) -> None:
    root = ET.fromstring(draw(DRAWN[name]))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "diagram-title diagram-description"
    titles = {child.get("id"): child.text for child in root if child.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert titles == {"diagram-title": DRAWN[name].title, "diagram-description": DRAWN[name].description}


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_has_no_scripts_and_takes_nothing_from_elsewhere(name: str) -> None:
    elements = list(ET.fromstring(draw(DRAWN[name])).iter())
    assert {element.tag.removeprefix(SVG) for element in elements} <= {
        "svg", "title", "desc", "rect", "text", "path", "polygon", "circle",
    }  # fmt: skip
    assert not [
        attribute
        for element in elements
        for attribute in element.attrib
        if "href" in attribute or attribute[:2] == "on"
    ]


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_is_black_on_white(name: str) -> None:
    root = ET.fromstring(draw(DRAWN[name]))
    assert {value for element in root.iter() for key in ("fill", "stroke") if (value := element.get(key))} <= {
        "#000", "#fff", "none",
    }  # fmt: skip
    page = next(root.iter(f"{SVG}rect"))
    assert (page.get("width"), page.get("height"), page.get("fill")) == (str(WIDTH), root.get("height"), "#fff")


@pytest.mark.parametrize("name", DRAWN)
def test_all_text_stands_inside_its_box_and_nothing_lies_over_anything_else(browser: Browser, name: str) -> None:
    page = browser.new_page(viewport={"width": WIDTH, "height": 800})
    page.set_content(draw(DRAWN[name]))
    faults: Any = page.evaluate(OVERLAPS)
    page.close()
    assert faults == []


def test_every_word_of_a_diagram_is_drawn() -> None:
    form = DRAWN["cse-toolbox"]
    drawn = " ".join(text.text or "" for text in ET.fromstring(draw(form)).iter(f"{SVG}text"))
    for chart in form.charts:
        assert chart.title in drawn
        for one in chart.steps:
            assert all(line in drawn for _, line in one.lines)
            assert (one.result or "") in drawn
