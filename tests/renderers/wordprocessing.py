"""What the standard says of WordprocessingML, as far as documents of ours use it: ECMA-376, part 1, transitional."""

from __future__ import annotations

from typing import Any, TypeAlias

# What lxml reads is taken as it comes: its types say "or None" of what each of these documents has.
Element: TypeAlias = Any

# The order of the elements' children in ECMA-376, part 1, transitional: the sequences of CT_PPr and so on.
# Word repairs, or refuses, a document that has another.
ORDER = {
    "pPr": """
        pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi
        adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection
        textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "rPr": """
        rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof
        snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText
        vertAlign rtl cs em lang eastAsianLayout specVanish oMath""",
    "tblPr": """
        tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
        tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange""",
    "trPr": """
        cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc
        hidden ins del""",
    "tcPr": """
        cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark
        headers""",
    "sectPr": """
        headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
        pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid
        printerSettings""",
    "tr": "tblPrEx trPr tc",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "numPr": "ilvl numId",
    "style": """
        name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr""",
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "sdt": "sdtPr sdtEndPr sdtContent",
    # After the last of them stands the one element that says what kind of control it is, be it Word's own or newer.
    "sdtPr": """
        rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding label tabIndex
        equation comboBox date docPartObj docPartList dropDownList picture richText text citation group
        bibliography checkbox repeatingSection repeatingSectionItem""",
    "glossaryDocument": "background docParts",
    "docPart": "docPartPr docPartBody",
    "docPartPr": "name style category types behaviors description guid",
    "date": "dateFormat lid storeMappedDataAs calendar",
    "dropDownList": "listItem",
    "checkbox": "checked checkedState uncheckedState",
    "settings": """
        zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator""",
}

KINDS = set(ORDER["sdtPr"].split()[11:])
"""The elements that say what kind a control is."""

RUNS = {"r", "hyperlink", "fldSimple", "sdt", "bookmarkStart", "bookmarkEnd"}
BLOCKS = {"p", "tbl", "sdt"}
HELD = {
    "document": {"body"},
    "body": {*BLOCKS, "sectPr"},
    "tc": {"tcPr", *BLOCKS},
    "tr": {"trPr", "tc"},
    "tbl": {"tblPr", "tblGrid", "tr", "sdt"},
    "p": {"pPr", *RUNS},
    "r": {"rPr", "t", "br", "cr", "tab"},
}
"""What each element may hold, of all that ours hold."""


def local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def out_of_order(root: Element) -> list[str]:
    """Return every element of a part whose children are not what and where the standard says."""
    return [told for element in root.iter() if (told := _fault(element)) is not None]


def _fault(element: Element) -> str | None:
    kind, children = local(element), [local(child) for child in element]
    told = f"{kind} has {children}"
    sequence = ORDER.get(kind)
    if sequence is not None:
        if not set(children) <= set(sequence.split()):
            return told
        places = [sequence.split().index(child) for child in children]
        if places != sorted(places):
            return told
    if f"{kind}Pr" in children and children.index(f"{kind}Pr") != 0:
        return told
    single = [child for child in children if kind.endswith("Pr") and not child.endswith("Reference")]
    if len(single) != len(set(single)):
        return told
    if kind == "sdtPr" and len(KINDS & set(children)) != 1:
        return told
    allowed = _content_of(element) if kind == "sdtContent" else HELD.get(kind)
    return None if allowed is None or set(children) <= allowed else told


def _content_of(content: Element) -> set[str]:
    """Return what a control may hold: it stands for what could stand in its own place."""
    above = content.getparent().getparent()
    while local(above) == "sdtContent":
        above = above.getparent().getparent()
    return HELD[local(above)] - {"pPr", "tblPr", "tblGrid", "tcPr", "trPr", "sectPr"}
