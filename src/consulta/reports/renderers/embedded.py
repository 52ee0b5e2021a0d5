"""A font inside a finished PDF: what its glyphs say, how wide they are, and glyphs made of its glyphs."""

import io
import re
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

#: A glyph of the font and how far it is moved, in units of the font.
Part = tuple[int, int, int]
_MAPPED = re.compile(r"<([0-9A-F]{4})> <([0-9A-F]+)>\n")
_ROWS = 100  # of one list in a CMap
_XY_VALUES = 0x0002  # "the two numbers are an offset", in the flags of a component


def is_embedded(font: Any) -> bool:
    """Whether *font* is a TrueType font whose codes are the numbers of its glyphs."""
    if (
        font.Subtype != "/Type0"
        or font.get("/Encoding") != "/Identity-H"
        or "/ToUnicode" not in font
    ):
        return False
    return bool(font.DescendantFonts[0].Subtype == "/CIDFontType2")


class Embedded:
    """One such font. *text* is what each code says; :meth:`cell` adds a code, :meth:`keep` writes all."""

    def __init__(self, font: Any) -> None:
        self._font = font
        self._own = font.DescendantFonts[0]
        self._cmap = font.ToUnicode.read_bytes().decode("latin-1")
        self.text = {
            int(code, 16): bytes.fromhex(said).decode("utf-16-be")
            for code, said in _MAPPED.findall(self._cmap)
        }
        self._widths = dict(_widths(list(self._own.get("/W", []))))
        self._usual = float(self._own.get("/DW", 1000))
        self._made: dict[tuple[tuple[Part, ...], float, str], int] = {}
        self._opened: Any = None
        self._names: list[str] = []

    def width(self, code: int) -> float:
        """How far *code* moves the pen, in thousandths of the size."""
        return self._widths.get(code, self._usual)

    def units(self, thousandths: float) -> int:
        """A length in units of the font."""
        em: int = self._open()["head"].unitsPerEm
        return round(thousandths * em / 1000)

    def cell(self, parts: tuple[Part, ...], width: float, text: str) -> int:
        """A code that draws *parts* (none: nothing), is *width* thousandths wide and says *text*."""
        wanted = (parts, width, text)
        if wanted not in self._made:
            self._open()
            code = len(self._names)
            self._add(_drawn([(self._names[part], x, y) for part, x, y in parts]), width)
            self._made[wanted], self.text[code], self._widths[code] = code, text, width
        return self._made[wanted]

    def keep(self, document: pikepdf.Pdf) -> None:
        """Write the font with its new glyphs, their widths and what each says into *document*."""
        if not self._made:
            return
        written = io.BytesIO()
        self._opened.save(written)
        described = self._own.FontDescriptor
        described.FontFile2 = document.make_stream(written.getvalue(), Length1=written.tell())
        if "/CIDSet" in described:  # it would have to name every glyph, and nobody needs it
            del described["/CIDSet"]
        self._font.ToUnicode = document.make_stream(self._mapped().encode("latin-1"))
        self._own.W = pikepdf.Array(
            [each for code in sorted(self._widths) for each in (code, code, self._widths[code])]
        )

    def _open(self) -> Any:
        if self._opened is None:
            program = io.BytesIO(self._own.FontDescriptor.FontFile2.read_bytes())
            self._opened = TTFont(program, recalcTimestamp=False)
            self._names = list(self._opened.getGlyphOrder())
        return self._opened

    def _add(self, glyph: Glyph, width: float) -> None:
        font, name = self._open(), f"cell{len(self._names)}"
        self._names.append(name)
        font.setGlyphOrder(list(self._names))
        font["glyf"].glyphs[name] = glyph
        font["glyf"].glyphOrder = font.getGlyphOrder()
        glyph.recalcBounds(font["glyf"])
        bearing = glyph.xMin if glyph.numberOfContours else 0  # else it would be drawn elsewhere
        font["hmtx"].metrics[name] = (self.units(width), bearing)

    def _mapped(self) -> str:
        """The CMap with every code that there is now."""
        rows = [
            f"<{code:04X}> <{said.encode('utf-16-be').hex().upper()}>\n"
            for code, said in sorted(self.text.items())
        ]
        lists = [rows[start : start + _ROWS] for start in range(0, len(rows), _ROWS)]
        body = "".join(f"{len(each)} beginbfchar\n{''.join(each)}endbfchar\n" for each in lists)
        head, _, _rest = self._cmap.partition("endcodespacerange\n")
        return f"{head}endcodespacerange\n{body}{self._cmap[self._cmap.index('endcmap') :]}"


def _drawn(parts: list[tuple[str, int, int]]) -> Glyph:
    """A glyph made of others; without *parts* nothing is drawn."""
    glyph = Glyph()
    glyph.numberOfContours = -1 if parts else 0
    if parts:
        glyph.components = []
    for name, x, y in parts:
        component = GlyphComponent()
        component.glyphName, component.x, component.y, component.flags = name, x, y, _XY_VALUES
        glyph.components.append(component)
    return glyph


def _widths(given: list[Any]) -> list[tuple[int, float]]:
    """The widths of a ``W`` array: "first last width" or "first [width …]"."""
    found: list[tuple[int, float]] = []
    at = 0
    while at < len(given):
        first, second = int(given[at]), given[at + 1]
        if isinstance(second, pikepdf.Array):
            found += [(first + n, float(each)) for n, each in enumerate(second)]
            at += 2
        else:
            found += [(code, float(given[at + 2])) for code in range(first, int(second) + 1)]
            at += 3
    return found
