"""PDF: the same pages without scripts, actions, files inside, authors (ISO 32000-2)."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Stream

from consulta.adapters.files import arabic, pictures, plain
from consulta.adapters.files.findings import Cleaning, Finding, RefusedError
from consulta.adapters.files.links import is_ordinary

MAX_STREAM = 256 * 1024 * 1024  # bytes unpacked, one stream
MAX_STREAMS = 1024 * 1024 * 1024  # bytes unpacked, all of them
MAX_PAGES_READ = 5_000
MAX_PAGES_REPAIRED = 100  # it may take 50 ms for a page
MAX_EMBEDDED = 20
_STEP = 1024 * 1024

_ACTIVE, _FILES = Finding.ACTIVE_CONTENT_REMOVED, Finding.EMBEDDED_FILES_REMOVED
_LINKS, _HIDDEN = Finding.EXTERNAL_LINKS_REMOVED, Finding.HIDDEN_DATA_REMOVED
_KEYS: dict[str, Finding] = {
    "/AA": _ACTIVE, "/JS": _ACTIVE, "/JavaScript": _ACTIVE, "/XFA": _ACTIVE, "/Movie": _ACTIVE,
    "/RichMediaContent": _ACTIVE, "/RichMediaSettings": _ACTIVE, "/3DD": _ACTIVE,
    "/EmbeddedFiles": _FILES, "/EF": _FILES, "/AF": _FILES, "/Collection": _FILES,
    "/OPI": _LINKS, "/SpiderInfo": _LINKS, "/FFilter": _LINKS,
    "/Metadata": _HIDDEN, "/PieceInfo": _HIDDEN, "/Thumb": _HIDDEN, "/SearchIndex": _HIDDEN,
}  # fmt: skip
_ACTIONS: dict[str, Finding] = {
    "/JavaScript": _ACTIVE, "/Launch": _ACTIVE, "/Rendition": _ACTIVE, "/Movie": _ACTIVE,
    "/Sound": _ACTIVE, "/RichMediaExecute": _ACTIVE, "/GoTo3DView": _ACTIVE,
    "/GoToR": _LINKS, "/GoToE": _LINKS, "/SubmitForm": _LINKS, "/ImportData": _LINKS,
    "/Thread": _LINKS,
}  # fmt: skip


def clean(source: Path, target: Path) -> Cleaning:
    """Write a clean copy of *source* to *target*. Raises RefusedError."""
    work = Cleaning()
    try:
        with pikepdf.open(source) as pdf:
            _sweep(pdf, work)
            pdf.save(target, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except pikepdf.PasswordError as error:
        raise RefusedError(Finding.ENCRYPTED) from error
    except (pikepdf.PdfError, ValueError, TypeError) as error:
        raise RefusedError(Finding.BROKEN) from error
    work.pages = _texts(target, work)
    work.text = "\n\n".join(work.pages).strip()
    return work


def _sweep(pdf: Any, work: Cleaning) -> None:
    if not len(pdf.pages):
        raise RefusedError(Finding.BROKEN)
    if pdf.is_encrypted:
        work.found.add(Finding.RESTRICTIONS_REMOVED)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
        work.found.add(_HIDDEN)
    budget = MAX_STREAMS
    for thing in pdf.objects:
        if isinstance(thing, Stream):
            budget -= _unpacked(thing, min(budget, MAX_STREAM))
            _quiet_picture(thing)
        for holder in _holders(thing):
            _clean_holder(holder, work)


def _holders(thing: Any) -> Iterator[Any]:
    """The object and every dictionary and list that stands directly inside it."""
    waiting = [thing]
    while waiting:
        holder = waiting.pop()
        if not isinstance(holder, (Array, Dictionary, Stream)):
            continue
        yield holder
        children = holder if isinstance(holder, Array) else (v for _, v in holder.items())
        waiting += [c for c in children if isinstance(c, pikepdf.Object) and not c.is_indirect]


def _clean_holder(holder: Any, work: Cleaning) -> None:
    if isinstance(holder, Array):
        for place in reversed(range(len(holder))):
            if finding := _of_action(holder[place]):
                work.found.add(finding)
                del holder[place]
        return
    if holder.get("/EF") is not None:
        _keep_for_scan(holder["/EF"], work)
    for key, value in list(holder.items()):
        if finding := _KEYS.get(key) or _of_action(value) or _of_author(holder, key):
            work.found.add(finding)
            del holder[key]
    if isinstance(holder, Stream) and "/F" in holder:  # its content is in another file
        del holder["/F"]
        work.found.add(_LINKS)


def _of_action(value: Any) -> Finding | None:
    """What an action is, when it must go (ISO 32000-2, 12.6.4); None for the others."""
    if not isinstance(value, Dictionary) or not isinstance(value.get("/S"), Name):
        return None
    kind = str(value["/S"])
    if kind == "/URI":
        return None if is_ordinary(str(value.get("/URI", ""))) else _LINKS
    return _ACTIONS.get(kind)


def _of_author(holder: Any, key: str) -> Finding | None:
    """The author of a note on a page; in a form's field the same key is its name."""
    is_note = holder.get("/Subtype") is not None and "/Rect" in holder
    if key == "/T" and is_note and holder["/Subtype"] != Name.Widget:
        return _HIDDEN
    is_file = key == "/FS" and holder.get("/Subtype") == Name.FileAttachment
    return _FILES if is_file else None


def _keep_for_scan(files: Any, work: Cleaning) -> None:
    for _, stream in files.items() if isinstance(files, Dictionary) else ():
        if isinstance(stream, Stream) and len(work.embedded) < MAX_EMBEDDED:
            _unpacked(stream, MAX_STREAM)
            data = bytes(stream.read_bytes())
            if data not in work.embedded:  # one file usually stands under two names
                work.embedded.append(data)


def _unpacked(stream: Any, most: int) -> int:
    """Bytes that the stream's deflated layers unpack to. Raises RefusedError above *most*."""
    named = stream.get("/Filter")
    filters = list(named) if isinstance(named, Array) else [named]
    layers = 0
    while layers < len(filters) and filters[layers] in (Name.FlateDecode, Name.Fl):
        layers += 1
    data, size = iter([bytes(stream.read_raw_bytes())]) if layers else iter(()), 0
    for layer in range(layers):
        data = _inflate(data, most)
        if layer < layers - 1:
            continue
        size = sum(map(len, data))
    return size


def _inflate(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    """Unpack piece by piece, so that a bomb never stands in memory."""
    inflater, size = zlib.decompressobj(), 0
    for piece in pieces:
        while piece:
            try:
                out = inflater.decompress(piece, _STEP)
            except zlib.error:
                return  # readers show what came before the damage
            size += len(out)
            if size > most:
                raise RefusedError(Finding.BOMB)
            yield out
            piece = inflater.unconsumed_tail


def _quiet_picture(stream: Any) -> None:
    if stream.get("/Filter") == Name.DCTDecode:
        raw = bytes(stream.read_raw_bytes())
        calm = pictures.quiet(raw)
        if calm != raw:
            stream.write(calm, filter=Name.DCTDecode, decode_parms=stream.get("/DecodeParms"))


def _texts(path: Path, work: Cleaning) -> list[str]:
    """The text of the clean copy, page by page."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            if len(document) > MAX_PAGES_READ:
                work.found.add(Finding.TEXT_CUT)
            return list(_pages(document))
    except pypdfium2.PdfiumError as error:
        raise RefusedError(Finding.BROKEN) from error


def _pages(document: Any) -> Iterator[str]:
    for number in range(min(len(document), MAX_PAGES_READ)):
        page = document[number]
        words = page.get_textpage()
        text = words.get_text_bounded().replace("\r\n", "\n")
        if number < MAX_PAGES_REPAIRED:
            text = arabic.repaired(words, text)
        yield plain.without_shapes(text).strip()
        words.close()
        page.close()
