"""XML of strangers: parsed without document types, entities, network or depth."""

from typing import Any

from lxml import etree

from consulta.adapters.files.findings import Finding, RefusedError

_TOO_DEEP = {"ERR_RESOURCE_LIMIT", "ERR_ENTITY_LOOP", "ERR_INTERNAL_ERROR"}


def parse(data: bytes) -> Any:
    """The root element. Raises RefusedError for a document type, 256 levels and more, or broken XML."""
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError(_reason(error)) from error
    if root.getroottree().docinfo.doctype:
        raise RefusedError(Finding.DANGEROUS_MARKUP)
    return root


def write(root: Any) -> bytes:
    """*root* as UTF-8, with its own prefixes (Word needs them)."""
    out: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return out


def drop(element: Any) -> None:
    """Remove *element* with all it holds; the text after it stays."""
    _lift(element, [])


def unwrap(element: Any) -> None:
    """Remove *element* but keep what it holds, in its place."""
    _lift(element, list(element))


def _lift(element: Any, kept: list[Any]) -> None:
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    tail = element.tail
    element.tail = None
    parent.remove(element)
    for offset, child in enumerate(kept):
        parent.insert(place + offset, child)
    if not tail:
        return
    if place + len(kept) == 0:
        parent.text = (parent.text or "") + tail
    else:
        last = parent[place + len(kept) - 1]
        last.tail = (last.tail or "") + tail


def _reason(error: Exception) -> Finding:
    kind = getattr(error, "code", None)
    names = {getattr(etree.ErrorTypes, name, None) for name in _TOO_DEEP}
    return Finding.DANGEROUS_MARKUP if kind in names else Finding.BROKEN
