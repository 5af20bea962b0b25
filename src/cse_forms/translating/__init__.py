"""A form's wording as translators are given it and give it back: in XLIFF, PO and Excel, and what comes of it.

`jobs` says what they are given, `merging` takes in what they give back. `xliff`, `po` and `sheet` each know one kind of
file.
"""
