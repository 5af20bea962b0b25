"""The readings of the condition language; its syntax tree is `cse_forms.schema.conditions`."""
