"""The look of the DOCX editions: styles, fonts, and the page's header and footer, as WordprocessingML."""

from html import escape

from consulta.core.paper import Paper

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
ACCENT, QUIET, HAIR, WASH, WARN = "1F4E79", "566072", "C9D0D9", "F3F5F8", "FBF3E0"
_FONTS = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial" w:eastAsia="Microsoft YaHei"/>'
#: Languages as Word names them.
_TAGS = {
    "ar": "ar-SA",
    "en": "en-GB",
    "es": "es-ES",
    "fr": "fr-FR",
    "ru": "ru-RU",
    "zh": "zh-CN",
}
_EAST_ASIAN = ("zh", "ja", "ko")


def tag(code: str) -> str:
    """Return the language tag that Word knows for *code*."""
    return _TAGS.get(code, code)


def language(code: str, *, right_to_left: bool) -> str:
    """Return the ``w:lang`` of a run."""
    if right_to_left:
        return f'<w:lang w:bidi="{tag(code)}"/>'
    slot = "eastAsia" if code.split("-")[0] in _EAST_ASIAN else "val"
    return f'<w:lang w:{slot}="{tag(code)}"/>'


def defaults(paper: Paper) -> str:
    """Return ``docDefaults``: fonts, size and language of the whole document."""
    own = tag(paper.language)
    east = own if paper.language.split("-")[0] in _EAST_ASIAN else "zh-CN"
    bidi = own if paper.direction == "rtl" else "ar-SA"
    is_latin = paper.direction != "rtl" and own != east  # else words in Latin letters would be cut
    latin = own if is_latin else "en-GB"
    return (
        f"<w:docDefaults {NAMESPACES}><w:rPrDefault><w:rPr>{_FONTS}"
        '<w:sz w:val="21"/><w:szCs w:val="24"/>'
        f'<w:lang w:val="{latin}" w:eastAsia="{east}" w:bidi="{bidi}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )


def _style(name: str, paragraph: str, run: str, *, based: str = "Normal") -> str:
    """Return a paragraph style; *name* is its name in Word, its id the same without spaces."""
    identity = "".join(part[0].upper() + part[1:] for part in name.split())
    parent = "" if name == "Normal" else f'<w:basedOn w:val="{based}"/><w:next w:val="Normal"/>'
    default = ' w:default="1"' if name == "Normal" else ""
    return (
        f'<w:style {NAMESPACES} w:type="paragraph"{default} w:styleId="{identity}">'
        f'<w:name w:val="{name}"/>{parent}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _size(half_points: int, *, bold: bool = False, color: str = "") -> str:
    weight = "<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    ink = f'<w:color w:val="{color}"/>' if color else ""
    sizes = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points + 4}"/>'
    return f'{_FONTS}{weight}<w:i w:val="0"/><w:iCs w:val="0"/>{ink}<w:spacing w:val="0"/>{sizes}'


def _bar(side: str, color: str, size: int, space: int, line: str = "single") -> str:
    return f'<w:{side} w:val="{line}" w:sz="{size}" w:space="{space}" w:color="{color}"/>'


def _spacing(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def styles(*, right_to_left: bool) -> list[str]:
    """Return every paragraph style; the bar beside an answer stands where its lines begin."""
    side = "right" if right_to_left else "left"
    return [*_of_heads(side), *_of_text(side)]


def _of_heads(side: str) -> list[str]:
    """The styles of titles, headings and contents."""
    heads = [
        _style(f"heading {level}", f"<w:keepNext/>{edge}{_spacing(before, after)}"
               f'<w:outlineLvl w:val="{level - 1}"/>', _size(size, bold=True, color=color))
        for level, edge, before, after, size, color in (
            (1, f"<w:pBdr>{_bar('bottom', ACCENT, 6, 4)}</w:pBdr>", 480, 200, 30, ACCENT),
            (2, "", 360, 140, 25, "1C2430"), (3, "", 300, 100, 23, "1C2430"),
            (4, "", 240, 80, 21, "1C2430"), (5, "", 200, 80, 21, QUIET), (6, "", 200, 80, 21, QUIET),
        )
    ]  # fmt: skip
    return [
        _style("Normal", "", ""),
        _style("Title", _spacing(120, 160), _size(44, bold=True, color="1C2430")),
        _style("Subtitle", _spacing(0, 240), _size(25, color=QUIET)),
        *heads,
        _style("Contents heading", "<w:keepNext/>" + _spacing(480, 200), _size(30, bold=True, color=ACCENT)),
        _style("toc 1", _spacing(80, 40), "<w:b/><w:bCs/>"),
        _style("toc 2", _spacing(0, 40) + f'<w:ind w:{side}="340"/>', ""),
    ]  # fmt: skip


def _of_text(side: str) -> list[str]:
    """The styles of what is read: captions, cells, notes, answers."""
    indent = f'<w:ind w:{side}="227"/>'
    return [
        _style("caption", "<w:keepNext/>" + _spacing(240, 80), _size(19, bold=True)),
        _style("Running", _spacing(0, 0), _size(17, color=QUIET)),
        _style("Masthead", f"<w:pBdr>{_bar('top', ACCENT, 24, 8)}</w:pBdr>" + _spacing(0, 360),
               _size(20, color=QUIET)),
        _style("Cell", _spacing(30, 30), _size(19)),
        _style("Bar", '<w:spacing w:before="0" w:after="60" w:line="120" w:lineRule="exact"/>', _size(8)),
        _style("Detail", "<w:keepNext/>" + _spacing(20, 20), _size(19)),
        _style("Note", f'<w:pBdr>{_bar(side, ACCENT, 18, 8)}</w:pBdr><w:shd w:val="clear" w:fill="{WASH}"/>'
               + _spacing(120, 160), ""),
        _style("Response note", f'<w:shd w:val="clear" w:fill="{WARN}"/>' + _spacing(80, 80), _size(19)),
        _style("Answer", f"<w:pBdr>{_bar(side, HAIR, 12, 8)}</w:pBdr>{indent}", ""),
        _style("Label", "<w:keepNext/>" + _spacing(160, 80), _size(19, bold=True, color=QUIET)),
        _style("Beside", f"<w:pBdr>{_bar(side, QUIET, 6, 8, 'dashed')}</w:pBdr>{indent}", ""),
    ]  # fmt: skip


HYPERLINK = (
    f'<w:style {NAMESPACES} w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    f'<w:rPr><w:color w:val="{ACCENT}"/><w:u w:val="single"/></w:rPr></w:style>'
)


def _field(instruction: str) -> str:
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def footer(paper: Paper) -> str:
    """Return the footer's paragraph: "Page 3 of 12", counted by Word, in the paper's words."""
    own = "<w:rPr><w:rtl/></w:rPr>" if paper.direction == "rtl" else ""
    bidi = "<w:bidi/>" if paper.direction == "rtl" else ""
    text = escape(paper.labels.page)
    parts = f'<w:r>{own}<w:t xml:space="preserve">{text}</w:t></w:r>'
    for name, code in (("{pages}", "NUMPAGES"), ("{page}", "PAGE")):
        between = f'</w:t></w:r>{_field(code)}<w:r>{own}<w:t xml:space="preserve">'
        parts = parts.replace(name, between)
    return (
        f'<w:p {NAMESPACES}><w:pPr><w:pStyle w:val="Running"/>{bidi}<w:jc w:val="center"/></w:pPr>'
        f"{parts}</w:p>"
    )
