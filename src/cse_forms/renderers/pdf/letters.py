"""The letters in which a reader's program writes what is typed: whole, since nobody knows yet what that will be."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Stream

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

FONT = "SourceSansPro"

FIRST, LAST = 32, 255

# fmt: off
WIDTHS = (
    200, 289, 425, 497, 497, 824, 609, 249, 303, 303, 418, 497, 249, 311, 249, 350, 497, 497, 497, 497, 497,
    497, 497, 497, 497, 497, 249, 249, 497, 497, 497, 425, 847, 544, 588, 571, 615, 527, 494, 617, 652, 263,
    480, 579, 486, 727, 647, 664, 566, 664, 569, 534, 536, 645, 515, 786, 513, 476, 539, 303, 350, 303, 497,
    500, 542, 504, 553, 456, 555, 496, 292, 504, 544, 246, 247, 495, 255, 829, 547, 542, 555, 555, 347, 419,
    338, 544, 467, 718, 446, 467, 425, 303, 241, 303, 497, 304, 497, 304, 249, 497, 425, 948, 454, 454, 542,
    1194, 534, 271, 847, 304, 539, 304, 304, 249, 249, 425, 425, 304, 480, 800, 542, 637, 419, 271, 839, 304,
    425, 476, 202, 289, 497, 497, 497, 497, 241, 497, 542, 744, 345, 429, 497, 311, 423, 542, 331, 497, 367,
    367, 542, 562, 560, 249, 542, 367, 365, 429, 781, 808, 796, 425, 544, 544, 544, 544, 544, 544, 822, 571,
    527, 527, 527, 527, 263, 263, 263, 263, 638, 647, 664, 664, 664, 664, 664, 497, 664, 645, 645, 645, 645,
    476, 583, 576, 504, 504, 504, 504, 504, 504, 785, 456, 496, 496, 496, 496, 246, 246, 246, 246, 545, 547,
    542, 542, 542, 542, 542, 497, 542, 544, 544, 544, 544, 467, 555, 467,
)
"""Of each code of WinAnsiEncoding from FIRST to LAST, in thousandths of the size of a letter."""
# fmt: on

_NOT_SYMBOLIC = 1 << 5


def letters(pdf: Pdf) -> Object:
    """Put the letters into a file, and return them."""
    program = Stream(pdf, (files("font_source_sans_pro") / "files" / "SourceSansPro-Regular.ttf").read_bytes())
    program.Length1 = len(program.read_raw_bytes())
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{FONT}"),
        Flags=_NOT_SYMBOLIC,
        FontBBox=Array([-454, -292, 2159, 968]),
        ItalicAngle=0,
        Ascent=984,
        Descent=-273,
        CapHeight=660,
        StemV=80,
        FontFile2=pdf.make_indirect(program),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name(f"/{FONT}"),
        Encoding=Name.WinAnsiEncoding,
        FirstChar=FIRST,
        LastChar=LAST,
        Widths=Array(WIDTHS),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    return pdf.make_indirect(font)
