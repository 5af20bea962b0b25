"""The renderer-neutral document: built from a definition, answers and an outcome; read by renderers."""
