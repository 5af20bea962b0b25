"""A definition as a workbook that people edit in Excel or LibreOffice, and the same read back.

`files` is the face. `tables` says which sheets and columns there are. `apart` takes a definition apart into rows, and
`together` puts it together again; `sheet_writing` and `sheet_reading` know what a spreadsheet's file looks like.
"""
