"""The definitions and the evaluator in JavaScript."""
