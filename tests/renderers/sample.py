"""A document built by hand, for the tests of every renderer.

It holds every kind of block, panel and question and every status of an answer, and is no form of this
project: a renderer is tested without a definition, and a change to a form moves none of these tests.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from cse_forms.document.tree import (
    Answer,
    AnswerStatus,
    Block,
    BulletList,
    Document,
    DocumentStatus,
    Heading,
    Labels,
    LinkList,
    Option,
    Panel,
    Paragraph,
    Question,
    Row,
    Table,
    TermList,
)

LABELS = Labels(
    page="Page",
    of="of",
    required="required",
    day="Day",
    month="Month",
    year="Year",
    contents="Contents",
    problem="Problem",
    clear="Clear this",
    skip="Skip to the form",
    write="Write here",
    choose="Choose one",
    pick_date="Pick a date",
)

HOSTILE_TEXTS = {
    "markup": "<script>alert(1)</script><b>bold</b>&amp;<!-- x --></style></textarea></td>",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "template": "{{7*7}} {% raw %} ${7*7} #{7*7}",
    "formula": "=cmd|' /C calc'!A0",
    "emoji": "\U0001f9d1\u200d\U0001f91d\u200d\U0001f9d1 \U0001f3f4\U000e0067\U000e0062\U000e0077\U000e007f",
    "right to left": "\u202e\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627\u202c and on",
    "long word": "x" * 10_000,
    "control characters": "a\x00b\x07c\x1bd\x7fe\x85f\ufffeg",
    "lone surrogate": "a\ud800b\udfffc",
    "line breaks": "first\nsecond\r\nthird\n\nfifth",
    "xml": "]]> <![CDATA[ &#0; &#x1F; <?xml?>",
}
"""Answers that mean harm, or that break what takes text for granted, each under its own name."""

YES_NO_NOT_KNOWN = ("Yes", "No", "Not known")


@dataclass(frozen=True)
class _Sample:
    """Builds the questions of one document, so that each is written once for all three statuses."""

    status: DocumentStatus
    written: str | None

    def ask(
        self,
        question: Question,
        *,
        says: str | None = None,
        status: AnswerStatus | None = None,
        chosen: tuple[str, ...] = (),
        draft_finding: str | None = None,
    ) -> Question:
        """Return the question, answered unless the document is blank."""
        if self.status == "blank":
            return question
        if status is None:
            status = "given" if says is not None or chosen else "unanswered"
        words = {"unanswered": "Not answered", "not-asked": "Not asked", "not-known": "Not known"}
        text = says or "; ".join(chosen) or words.get(status, "")
        if status == "given" and self.written is not None and question.kind in ("text", "long-text"):
            text = self.written
        return replace(
            question,
            options=tuple(replace(option, chosen=option.title in chosen) for option in question.options),
            answer=Answer(status=status, text=text),
            findings=(draft_finding,) if draft_finding and self.status == "draft" else (),
        )

    def indicator(
        self, row: Row, *, ticked: bool | None = None, notes: str | None = None, hint: str | None = None
    ) -> Row:
        """Return the row with a box to tick and notes, which a ticked box asks for."""
        present = Question(pointer=f"{row.anchor}/present", label="Present?", kind="tick", options=_options("Present"))
        more = Question(
            pointer=f"{row.anchor}/notes",
            label="Notes",
            kind="long-text",
            hint=hint,
            routing="Needed if this indicator is present.",
            lines=3,
        )
        return replace(
            row,
            cells=(
                self.ask(
                    present,
                    chosen=("Present",) if ticked else (),
                    says={True: "Present", False: "Not ticked", None: None}[ticked],
                ),
                self.ask(more, says=notes, draft_finding="An answer is needed." if ticked and not notes else None),
            ),
        )


def _options(*titles: str) -> tuple[Option, ...]:
    return tuple(Option(title=title) for title in titles)


def sample_document(status: DocumentStatus, *, written: str | None = None) -> Document:
    """Return the sample: blank, a draft with gaps and faults, or complete.

    Args:
        status: what kind of document it is to be.
        written: the words of every written answer that is given, to see what a renderer makes of them.
    """
    make = _Sample(status, written)
    blocks: list[Block] = []
    if status != "blank":
        blocks += _outcome(status)
    blocks += _guidance()
    blocks += _people(make)
    blocks += _indicators(make)
    blocks += _plan(make)
    facts = (
        ("Name of child or young person", written or "Sam Example"),
        ("Completed by", "A. Practitioner"),
        ("Date completed", "14 March 2026"),
    )
    return Document(
        title="Example assessment for \u201cchildren & young people\u201d",
        language="en-GB",
        form="example-assessment",
        version="1.2.0",
        digest="sha256:" + "0123456789abcdef" * 4,
        status=status,
        banner="DRAFT" if status == "draft" else None,
        reference="Example assessment 1.2.0",
        labels=LABELS,
        facts=(*(facts if status != "blank" else ()), ("Form", "example-assessment"), ("Version", "1.2.0")),
        blocks=tuple(blocks),
        response=None if status == "blank" else _response(status),
        outcome=None if status == "blank" else _outcome_as_json(),
    )


def _response(status: DocumentStatus) -> dict[str, Any]:
    return {
        "form": "example-assessment",
        "version": "1.2.0",
        "answers": {"child": {"name": "Sam Example"}},
        "meta": {"status": status},
    }


def _outcome_as_json() -> dict[str, Any]:
    return {
        "measures": {},
        "assessments": [{"id": "risk", "lowest": "medium", "highest": "high"}],
        "prompts": [],
    }


def _outcome(status: DocumentStatus) -> list[Block]:
    blocks: list[Block] = [
        Heading(level=2, text="Outcome", anchor="/$outcome"),
        Panel(
            kind="outcome",
            label="Suggested level",
            title="Medium, on what is recorded",
            blocks=(
                Paragraph(text="High is not ruled out: 2 answers are Not known (4.2, 4.3)."),
                BulletList(items=("Association with individuals suspected of exploitation: Yes", "Age: 14")),
            ),
        ),
        Panel(
            kind="immediate",
            label="Act immediately",
            blocks=(Paragraph(text="Make an immediate referral to child protection and to the police."),),
        ),
        Panel(
            kind="soon",
            label="Act soon",
            blocks=(Paragraph(text="Speak to other agencies and, where appropriate, to the family."),),
        ),
        Panel(
            kind="consider",
            label="Consider",
            blocks=(Paragraph(text="Use the assessment to support discussion with the Designated Officer."),),
        ),
    ]
    if status == "draft":
        blocks.append(
            Panel(
                kind="findings",
                label="Problems",
                title="There are 3 problems with the answers",
                blocks=(
                    BulletList(
                        items=(
                            "Name of child or young person: an answer is needed.",
                            "Date of birth: give the date as year-month-day, such as 2026-03-31.",
                            "4.1 Notes: an answer is needed.",
                        )
                    ),
                ),
            )
        )
    return blocks


def _guidance() -> list[Block]:
    return [
        Heading(level=2, text="Purpose", number="1", anchor="/purpose"),
        Panel(
            kind="text",
            blocks=(
                Paragraph(
                    text="This assessment supports practitioners who are concerned about a child or young "
                    "person. It is a guide, and does not replace professional judgement."
                ),
                Paragraph(text="Its first line was written by a person,\nand so was its second."),
                BulletList(items=("Read the guidance.", "Answer what you can.", "Say what you do not know.")),
            ),
        ),
        Panel(
            kind="warning",
            label="Warning",
            blocks=(Paragraph(text="If you suspect anyone is in immediate danger, call the Police on 999."),),
        ),
        Heading(level=3, text="Words that are used"),
        Panel(
            kind="definition",
            label="Definition",
            title="Exploitation",
            blocks=(
                Paragraph(text="Someone takes advantage of an imbalance of power."),
                TermList(
                    terms=(
                        ("Suspected", ("There is reason to think so.", "There is no proof.")),
                        ("Known", ("There is evidence.",)),
                    )
                ),
            ),
        ),
        Panel(
            kind="note",
            label="Note",
            title="More to read",
            blocks=(
                LinkList(
                    links=(
                        ("Working together", "https://www.example.org/working-together?a=1&b=2"),
                        ("Write to us", "mailto:team@example.org"),
                        ("An address that no page may follow", "javascript:alert(1)"),
                    )
                ),
            ),
        ),
    ]


def _people(make: _Sample) -> list[Block]:
    complete = make.status == "complete"
    return [
        Heading(level=2, text="Who is involved?", number="2", anchor="/who"),
        Heading(level=3, text="The child or young person", anchor="/who/child"),
        make.ask(
            Question(pointer="/who/child/name", label="Name of child or young person", kind="text", required=True),
            says="Sam Example" if complete else None,
            draft_finding="An answer is needed.",
        ),
        make.ask(
            Question(pointer="/who/child/age", label="Age", kind="number", hint="In completed years."),
            says="14",
        ),
        make.ask(
            Question(
                pointer="/who/child/date-of-birth",
                label="Date of birth",
                kind="date",
                hint="For example, 27 3 2007.",
            ),
            says="2 February 2012" if complete else "last Tuesday",
            draft_finding="Give the date as year-month-day, such as 2026-03-31.",
        ),
        make.ask(
            Question(
                pointer="/who/child/looked-after",
                label="Is the child or young person looked after?",
                kind="choice",
                options=_options("Yes", "No", "Not known"),
            ),
            chosen=("Not known",),
            status="not-known",
        ),
        make.ask(
            Question(
                pointer="/who/child/local-authority",
                label="Which local authority looks after them?",
                kind="text",
                routing="Answer this if the child or young person is looked after.",
            ),
            status="not-asked",
        ),
        make.ask(
            Question(
                pointer="/who/child/models",
                label="Models of exploitation",
                kind="choices",
                options=_options("Peer on Peer", "Gangs and Groups", "Online Grooming"),
                hint="One or more.",
            ),
            chosen=("Gangs and Groups", "Online Grooming"),
        ),
        make.ask(
            Question(pointer="/who/child/information", label="Specific information", kind="long-text", lines=5),
            says="Sam has been missing from home twice.\n\nThe second time was on 3 March 2026.",
        ),
        make.ask(
            Question(
                pointer="/who/child/consent",
                label="Consent",
                kind="tick",
                options=_options("The family knows of this assessment"),
                hint="Leave empty if it would put anyone at risk.",
            ),
            chosen=("The family knows of this assessment",),
        ),
        make.ask(Question(pointer="/who/child/ethnicity", label="Ethnicity", kind="text", number="2.9")),
    ]


def _indicators(make: _Sample) -> list[Block]:
    return [
        Heading(level=2, text="Indicators", number="4", anchor="/indicators"),
        Heading(level=3, text="Actual", anchor="/actual"),
        _actual(make),
        Heading(level=3, text="Suspected", anchor="/indicators/suspected"),
        Panel(kind="text", blocks=(Paragraph(text="Unticked is not No."),)),
        Table(
            caption="Indicators of suspected exploitation",
            row_header="Indicator",
            columns=("Present?", "Notes"),
            widths=(3, 1, 4),
            rows=(
                make.indicator(
                    Row(
                        header="Missing from home or care",
                        number="4.3",
                        anchor="/indicators/missing",
                        cells=(),
                    ),
                    ticked=True,
                    notes=None if make.status == "draft" else "Twice in March, once overnight.",
                    hint="Tell us more: how often, for how long, and where they were found.",
                ),
                make.indicator(
                    Row(
                        header="Gifts that no one can explain",
                        number="4.4",
                        anchor="/indicators/gifts",
                        cells=(),
                    ),
                    ticked=False,
                ),
                make.indicator(
                    Row(
                        header="A change in appearance",
                        number="4.5",
                        anchor="/indicators/odd~1key.\N{LATIN SMALL LETTER E WITH ACUTE}",
                        cells=(),
                    ),
                    notes="New clothes.",
                ),
            ),
        ),
    ]


def _actual(make: _Sample) -> Table:
    """Return a table of choices, one of whose rows lacks a question."""
    question = "Is this form of abuse taking place?"
    options = _options("Yes", "Not Known")
    return Table(
        caption="Indicators of actual exploitation",
        row_header="Form of abuse",
        columns=(question, "Response(s)"),
        widths=(35, 25, 40),
        rows=(
            Row(
                header="Someone is taking pictures of the child or young person for money",
                number="4.1",
                hint="NB. This is a crime whatever the age of the child.",
                anchor="/actual/pictures",
                cells=(
                    make.ask(
                        Question(
                            pointer="/actual/pictures/taking-place",
                            label=question,
                            kind="choice",
                            options=options,
                            required=True,
                        ),
                        chosen=("Not Known",),
                        status="not-known",
                    ),
                    make.ask(
                        Question(
                            pointer="/actual/pictures/responses",
                            label="Response(s)",
                            kind="long-text",
                            lines=3,
                        )
                    ),
                ),
            ),
            Row(
                header="The child or young person is kept somewhere against their will",
                number="4.2",
                anchor="/actual/kept",
                cells=(
                    make.ask(
                        Question(
                            pointer="/actual/kept/taking-place",
                            label=question,
                            kind="choice",
                            options=options,
                        ),
                        chosen=("Yes",),
                    ),
                    None,
                ),
            ),
        ),
    )


def _plan(make: _Sample) -> list[Block]:
    return [
        Heading(level=2, text="Summary and plan", number="5", anchor="/plan"),
        _levels(make),
        make.ask(
            Question(
                pointer="/plan/judgement",
                label="Overall level of risk",
                kind="choice",
                number="5.1",
                options=_options("Standard", "Medium"),
                required=True,
                hint="Your own judgement, which may differ from what is suggested.",
            ),
            chosen=("Medium",),
        ),
        Heading(level=3, text="Other objectives", anchor="/others"),
        _others(make),
        Heading(level=4, text="Vulnerabilities", anchor="/vulnerabilities"),
        _vulnerabilities(make),
        make.ask(
            Question(
                pointer="/advice",
                label="Advice that was sought",
                heading_level=2,
                kind="long-text",
                number="6",
                hint="From whom, and when.",
                lines=3,
            ),
            says="From the Designated Officer, on 15 March 2026.",
        ),
        make.ask(
            Question(
                pointer="/seen",
                label="Was the child or young person seen?",
                heading_level=2,
                kind="choice",
                number="7",
                options=_options("Yes", "No"),
            ),
            chosen=("Yes",),
        ),
        Heading(level=2, text="Thank you"),
        Panel(kind="text", blocks=(Paragraph(text="Keep this form with the child\u2019s records."),)),
    ]


def _levels(make: _Sample) -> Table:
    """Return a table with words in some of its cells."""
    levels = (
        ("Standard", "Aspects that give cause for concern.", ("Keep under review", "Work with the school")),
        ("Medium", "Association with people suspected of exploitation.", ("Hold a strategy meeting",)),
    )
    rows = []
    for name, description, interventions in levels:
        anchor = f"/levels/{name.lower()}"
        actions = Question(pointer=f"{anchor}/actions", label="Actions taken", kind="long-text", lines=4)
        rows.append(
            Row(
                header=name,
                anchor=anchor,
                cells=(
                    (Paragraph(text=description),),
                    (BulletList(items=interventions),),
                    make.ask(actions, says="Referred on 15 March 2026." if name == "Medium" else None),
                ),
            )
        )
    return Table(
        caption="Levels of risk",
        row_header="Level",
        columns=("Description", "Suggested interventions", "Actions taken"),
        widths=(15, 30, 30, 25),
        rows=tuple(rows),
    )


def _others(make: _Sample) -> Table:
    """Return a table without a column of row headers, whose rows are empty on a blank form."""
    rows = []
    objectives = ("", "", "") if make.status == "blank" else ("Attend a health check", "Join a club")
    for place, objective in enumerate(objectives):
        anchor = f"/others/{place}"
        asked = Question(pointer=f"{anchor}/objective", label="Objective", kind="long-text", lines=2)
        who = Question(pointer=f"{anchor}/who", label="Who is doing what?", kind="text")
        when = Question(pointer=f"{anchor}/when", label="By when?", kind="date")
        achieved = Question(
            pointer=f"{anchor}/achieved",
            label="Achieved?",
            kind="choice",
            options=_options("Yes", "No"),
            required=True,
        )
        rows.append(
            Row(
                header="",
                anchor=anchor,
                cells=(
                    make.ask(asked, says=objective),
                    make.ask(who, says="The school nurse"),
                    make.ask(when, says="30 April 2026"),
                    make.ask(achieved, chosen=("No",)),
                ),
            )
        )
    return Table(
        caption="Any other objectives",
        row_header=None,
        columns=("Objective", "Who is doing what?", "By when?", "Achieved?"),
        widths=(35, 30, 20, 15),
        rows=tuple(rows),
    )


def _vulnerabilities(make: _Sample) -> Table:
    """Return a table with row headers, one row of which has none."""
    rows = []
    for place, header in enumerate(("Bullying", "")):
        anchor = f"/vulnerabilities/{place}"
        kinds = Question(
            pointer=f"{anchor}/kinds",
            label="Kinds",
            kind="choices",
            options=_options("At home", "At school", "Elsewhere"),
        )
        times = Question(pointer=f"{anchor}/times", label="How many times?", kind="number")
        rows.append(
            Row(
                header=header,
                anchor=anchor,
                cells=(
                    make.ask(kinds, chosen=("At home", "Elsewhere") if header else ()),
                    make.ask(times, says="3" if header else None),
                ),
            )
        )
    return Table(
        caption="Vulnerabilities",
        row_header="Vulnerability",
        columns=("Kinds", "How many times?"),
        widths=(2, 2, 1),
        rows=tuple(rows),
    )
