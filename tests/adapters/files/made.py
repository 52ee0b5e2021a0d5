"""Files for the tests, made in code: fair ones, and every hostile one that we know of."""

import io
import stat
import struct
import zipfile
import zlib
from pathlib import Path

import docx
import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from consulta.adapters.files.findings import ODT

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
ARABIC = "السلام عليكم، نرى أن على الدول الأعضاء أن تدعم التنمية الرقمية وحماية المستخدمين"
RUSSIAN = "Мы полагаем, что государства-члены должны поддерживать цифровое развитие"
CHINESE = "我们认为成员国应当支持数字发展,并保护互联网用户的权利。感谢举行这次公开磋商。"
SPANISH = "Los Estados Miembros deberían apoyar a los niños y la señalización en España."


def put(path: Path, data: bytes) -> Path:
    """A file with these bytes."""
    path.write_bytes(data)
    return path


def zipped(parts: dict[str, bytes | str], *, links: dict[str, str] | None = None) -> bytes:
    """A ZIP of *parts*; *links* are symbolic links by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
        for name, where in (links or {}).items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            target.writestr(info, where)
    return buffer.getvalue()


def entries(data: bytes) -> dict[str, bytes]:
    """What a ZIP holds, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def word(*paragraphs: str) -> dict[str, bytes | str]:
    """The parts of a DOCX as python-docx makes it."""
    document = docx.Document()
    document.core_properties.author = "Jane Secret"
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return dict(entries(buffer.getvalue()))


def word_with(body: str, **extra: str) -> dict[str, bytes | str]:
    """A DOCX with raw WordprocessingML as its body."""
    parts = word()
    parts["word/document.xml"] = (
        f'<w:document xmlns:w="{W}" xmlns:r="{RELS}"'
        ' xmlns:o="urn:schemas-microsoft-com:office:office">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )
    return {**parts, **extra}


def related(parts: dict[str, bytes | str], kind: str, target: str, **more: str) -> None:
    """Add a relationship `rIdX` of the main document."""
    path = "word/_rels/document.xml.rels"
    outside = "".join(f' {name}="{value}"' for name, value in more.items())
    added = f'<Relationship Id="rIdX" Type="{RELS}/{kind}" Target="{target}"{outside}/>'
    old = parts[path]
    text = old.decode() if isinstance(old, bytes) else old
    parts[path] = text.replace("</Relationships>", added + "</Relationships>")


_ODF = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for name in ("office", "text", "drawing", "style", "script", "meta")
}


def odt(body: str, *, more: dict[str, bytes | str] | None = None, styles: str = "") -> bytes:
    """An ODT with raw ODF text as its body."""
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _ODF.items())
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    spaces += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    content = (
        f"<office:document-content {spaces}><office:scripts/>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODT, "content.xml": content, **(more or {})})


def pdf(text: str = "Hello from the delegation", *, pages: int = 1) -> pikepdf.Pdf:
    """A PDF with a line of text on each page."""
    made = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    words = made.make_stream(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode() if text else b"")
    for _ in range(pages):
        page = made.add_blank_page(page_size=(300, 200))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = words
    return made


def saved(made: pikepdf.Pdf, **how: object) -> bytes:
    """The bytes of a PDF."""
    buffer = io.BytesIO()
    made.save(buffer, **how)
    return buffer.getvalue()


def hostile_pdf() -> bytes:
    """JavaScript, Launch, a file inside, an author, links to files and to the web, a note's author."""
    made = pdf()
    made.docinfo["/Author"] = "Jane Secret"
    with made.open_metadata() as meta:
        meta["dc:creator"] = ["Jane Secret"]
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('boo')"))
    made.Root.OpenAction = script
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    made.attachments["eicar.com"] = EICAR
    page = made.pages[0].obj
    page.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("cmd.exe")))
    box = Array([0, 0, 10, 10])

    def link(action: Dictionary) -> Dictionary:
        return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=action)

    onward = Dictionary(S=Name.Named, N=Name.NextPage)
    onward.Next = Array([Dictionary(S=Name.Launch, F=String("calc.exe"))])
    page.Annots = Array(
        [
            link(Dictionary(S=Name.URI, URI=String("https://example.org/"))),
            link(Dictionary(S=Name.URI, URI=String("javascript:alert(1)"))),
            link(Dictionary(S=Name.GoToR, F=String("\\\\evil\\share"))),
            link(onward),
            Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=box, T=String("Jane Secret")),
        ]
    )
    return saved(made)


def bomb_pdf() -> bytes:
    """A page whose deflated content unpacks to 300 MB."""
    packer = zlib.compressobj(9)
    million = b" " * 1_000_000
    packed = b"".join(packer.compress(million) for _ in range(300)) + packer.flush()
    made = pdf()
    stream = pikepdf.Stream(made, b"")
    stream.write(packed, filter=Name.FlateDecode)
    made.pages[0].obj.Contents = made.make_indirect(stream)
    return saved(made, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def laughs() -> str:
    """A billion laughs in one document type."""
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE d [<!ENTITY l0 "lol">{steps}]><w:document xmlns:w="{W}">&l9;</w:document>'


def outside_entity() -> str:
    """An entity that reads a file of ours."""
    return (
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>'
        "</w:document>"
    )


def deep(levels: int = 20_000) -> str:
    """XML of this many levels."""
    return f'<w:document xmlns:w="{W}">' + "<w:p>" * levels + "</w:p>" * levels + "</w:document>"


def many_entries(count: int = 70_000) -> bytes:
    """A ZIP with this many entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for number in range(count):
            target.writestr(zipfile.ZipInfo(f"word/{number}"), b"")
    return buffer.getvalue()


def wide_png(side: int = 30_000) -> bytes:
    """A black picture of this many points each way, in a few kilobytes."""
    packer = zlib.compressobj(9)
    row = bytes(1 + (side + 7) // 8)
    body = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    )


def photo(*, place: bool = True) -> bytes:
    """A JPEG that says where, when and with what it was taken, and hides a ZIP behind its end."""
    exif = Image.Exif()
    exif[0x010F] = "Jane's telephone"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 13.0, 20.0)} if place else {})
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(buffer, "JPEG", exif=exif, comment=b"Jane Secret")
    return buffer.getvalue() + zipped({"secret.txt": "Jane Secret"})


XSS = """<!-- saved by Jane Secret --><!DOCTYPE html><html lang="en"><head>
<meta charset="utf-8"><meta name="author" content="Jane Secret"><base href="https://evil.example/">
<meta http-equiv="refresh" content="0;url=https://evil.example/"><title>Our views</title>
<link rel="stylesheet" href="https://evil.example/a.css"><style>@import "https://evil.example/b.css";</style>
<script>alert(1)</script></head><body onload="alert(1)" background="https://evil.example/c.png">
<h1>Our views</h1><p onclick=alert(1)>We <b style="color:red">welcome</b> it.</p>
<img src=x onerror=alert(1)><svg onload=alert(1)><script>alert(1)</script></svg>
<a href="java&#115;cript:alert(1)">one</a> <a href=" data:text/html,<script>alert(1)</script>">two</a>
<a href="https://example.org/">three</a><iframe srcdoc="<script>alert(1)</script>"></iframe>
<form action="https://evil.example/"><input value=x>Inside</form><object data="x.swf"></object>
<math><mi xlink:href="javascript:alert(1)">x</mi></math><p style="display:none">Jane Secret</p>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript></body></html>"""


def png(*, talk: bytes = b"") -> bytes:
    """A picture of one point, with a text chunk."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    told = chunk(b"tEXt", b"Author\0" + talk) if talk else b""
    body = chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + told + body
