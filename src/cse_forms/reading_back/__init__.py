"""Filled documents, read back as responses.

`docx` takes a Word document apart, `fields` makes answers and reports of what its controls hold, and `values` reads
what people write in them. Nothing is passed over in silence: what is no answer is reported.
"""
