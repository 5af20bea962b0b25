"""How a form comes to its levels, as a diagram: made from the definition, and never drawn by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cse_forms.document import tree
from cse_forms.document.languages import interface_of
from cse_forms.document.policy import URGENCIES
from cse_forms.passages import strung
from cse_forms.schema.definition import Definition
from cse_forms.schema.vocabulary import Assessment
from cse_forms.thresholds.in_words.rules import PolicyInWords
from cse_forms.thresholds.in_words.sentences import Saying, sentence


def decision_diagram(definition: Definition, language: str | None = None) -> tree.Diagram:
    """Return the diagram of a form's assessments, or of its prompts where it has no assessment.

    Args:
        definition: the form.
        language: the language of the interface's own words; English, if none is said.

    Raises:
        InputError: the interface does not speak that language.
    """
    return _DiagramBuilder(definition, language).diagram()


class _DiagramBuilder:
    def __init__(self, definition: Definition, language: str | None) -> None:
        self._definition = definition
        self._interface = interface_of(definition, language)
        self._phrases = self._interface.phrases.policy
        self._words = PolicyInWords(definition, self._interface.phrases.sayings)

    def diagram(self) -> tree.Diagram:
        definition = self._definition
        charts = tuple(self._charts())
        name = self._interface.phrases.form_version.format(form=definition.id, version=definition.version)
        return tree.Diagram(
            title=self._phrases.diagram.format(form=definition.title),
            language=definition.words.language,
            description=strung(" ", (*self._interface.notice, *self._described(charts))),
            reference=strung(", ", (name, definition.digest)),
            charts=charts,
        )

    def _charts(self) -> Iterator[tree.Chart]:
        phrases = self._phrases
        assessments = self._definition.words.assessments
        for assessment in assessments:
            title = phrases.diagram_levels.format(assessment=assessment.title)
            yield tree.Chart(title=title, steps=tuple(self._levels(assessment)))
            if assessment.adjustments:
                title = phrases.diagram_changes.format(assessment=assessment.title)
                yield tree.Chart(title=title, steps=tuple(self._changes(assessment)))
        if not assessments and self._definition.words.prompts:
            yield tree.Chart(title=phrases.diagram_prompts, steps=tuple(self._prompts()))
        elif not assessments:
            yield tree.Chart(title=phrases.diagram_prompts, steps=(_words(phrases.diagram_nothing),))

    def _levels(self, assessment: Assessment) -> Iterator[tree.Step]:
        """Yield the boxes from the gravest level down, each with all that the rules ask for that level."""
        phrases = self._phrases
        if assessment.show_when is not None:
            condition = self._words.condition(assessment.show_when)
            lines = _lines(
                replace(condition, text=phrases.diagram_applies.format(condition=condition.text), joint=None)
            )
            # Here what goes on is what holds.
            yield tree.Step(
                lines=lines,
                label=phrases.diagram_fails,
                result=phrases.diagram_not_applying,
                onward=phrases.diagram_holds,
            )
        reasons: dict[str, list[Saying]] = {}
        for rule in assessment.rules:
            for given, saying in self._words.reasons(assessment, rule):
                reasons.setdefault(given, []).append(saying)
        levels = reversed(assessment.levels) if assessment.ordered else iter(assessment.levels)
        for level in levels:
            if level.id in reasons:
                sayings = reasons[level.id]
                asked = sayings[0] if len(sayings) == 1 else Saying(phrases.diagram_any, tuple(sayings))
                yield tree.Step(
                    lines=_lines(asked),
                    label=phrases.diagram_holds,
                    result=level.title,
                    onward=phrases.diagram_fails if assessment.ordered else phrases.diagram_also,
                )
        yield from self._end(assessment)

    def _end(self, assessment: Assessment) -> Iterator[tree.Step]:
        phrases, otherwise = self._phrases, assessment.otherwise
        if not assessment.ordered:
            yield tree.Step(lines=((0, phrases.diagram_clash),), onward=phrases.diagram_fails)
        level = phrases.diagram_no_level
        if otherwise is not None and otherwise.level is not None:
            level = self._words.naming.level(assessment.id, otherwise.level)
        because = otherwise.because if otherwise is not None else phrases.otherwise
        yield tree.Step(lines=((0, sentence(because)),), label=phrases.diagram_always, result=level)

    def _changes(self, assessment: Assessment) -> Iterator[tree.Step]:
        phrases = self._phrases
        for adjustment in assessment.adjustments:
            yield tree.Step(
                lines=_lines(self._words.condition(adjustment.when)),
                label=phrases.diagram_holds,
                result=sentence(self._words.change(assessment, adjustment)),
                onward=phrases.diagram_either,
            )
        yield _words(phrases.diagram_end)

    def _prompts(self) -> Iterator[tree.Step]:
        phrases = self._phrases
        prompts = [one for urgency in URGENCIES for one in self._definition.words.prompts if one.urgency == urgency]
        for index, prompt in enumerate(prompts):
            onward = phrases.diagram_also if index + 1 < len(prompts) else None
            if prompt.when is None:
                yield tree.Step(lines=((0, phrases.prompt_always),), label="", result=prompt.text, onward=onward)
                continue
            lines = _lines(self._words.condition(prompt.when))
            if any(prompt.id in other.replaces for other in prompts):
                lines = (*lines, (0, phrases.diagram_replaced))
            yield tree.Step(lines=lines, label=phrases.diagram_holds, result=prompt.text, onward=onward)

    def _described(self, charts: tuple[tree.Chart, ...]) -> Iterator[str]:
        for chart in charts:
            yield sentence(chart.title)
            for step in chart.steps:
                text = strung("; ", (line for _, line in step.lines)).rstrip(".:")
                if step.result is None:
                    yield sentence(text)
                else:
                    result = step.result.rstrip(".")
                    yield self._phrases.diagram_step.format(text=text, label=step.label, result=result)


def _words(text: str) -> tree.Step:
    return tree.Step(lines=((0, text),))


def _lines(saying: Saying) -> tuple[tuple[int, str], ...]:
    (_, first), *points = saying.points()
    return ((0, sentence(first)), *points)
