"""Lays a paper out as HTML: a document of its own, or the part that a page of the site embeds.

It calls for nothing from elsewhere. Every text is escaped; every part names its language.
"""

from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path

from consulta.core.paper import Paper
from consulta.reports.renderers import replaced
from consulta.reports.renderers.html_blocks import Frame, block_html, details, lines, words_html
from consulta.reports.renderers.layout import contents, known_anchors, levelled
from consulta.reports.renderers.plain import cleaned

_LOOK = Path(__file__).with_name("paper.css")
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html(paper: Paper, volume: str = "") -> str:
    """Return *paper* as a whole HTML5 document that can be kept and opened anywhere.

    *volume* names the part ("Volume 2 of 5") where there are several.
    """
    paper = cleaned(replaced.listed(paper, replaced.of(paper, "html")))
    title = " · ".join(filter(None, (paper.title or paper.running, volume)))
    return "\n".join(
        [
            "<!doctype html>",
            f"<html{_language(paper)}>",
            '<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            f"<title>{escape(title)}</title>",
            f"<style>{_style()}</style></head>",
            f'<body class="paper">{_page(paper, volume)}</body></html>\n',
        ]
    )


def body_html(paper: Paper, *, beside: Mapping[int, str] | None = None) -> str:
    """Return *paper* as an ``article`` without style, for a page that has its own, and its own h1.

    Headings begin at h2. All of it is escaped already. *beside*: HTML, escaped too, that the page
    puts after the block at that place.
    """
    paper = cleaned(paper)
    blocks = _blocks(paper, beside or {})
    return f'<article class="paper"{_language(paper)}>{_contents(paper)}{blocks}</article>'


@cache
def _style() -> str:
    return _LOOK.read_text(encoding="utf-8")


def _language(paper: Paper) -> str:
    return f' lang="{escape(paper.language)}" dir="{paper.direction}"'


def _frame(paper: Paper) -> Frame:
    return Frame(paper, known_anchors(paper), paper.language)


def _page(paper: Paper, volume: str) -> str:
    subtitle = f'<p class="paper-subtitle">{lines(paper.subtitle)}</p>' if paper.subtitle else ""
    note = f'<p class="paper-note" role="note">{lines(paper.note)}</p>' if paper.note else ""
    return (
        f'<header>{_logo(paper)}<p class="paper-running">{lines(paper.running)}</p>'
        f"<h1>{escape(paper.title or paper.running)}</h1>{subtitle}{_volume(paper, volume)}"
        f"{details(paper.header, _frame(paper), 'paper-head')}{note}</header>"
        f"{_contents(paper)}<main>{_blocks(paper, {})}</main>"
        f"<footer><p>{lines(paper.running)}</p></footer>"
    )


def _logo(paper: Paper) -> str:
    """The body's logo, inside the file."""
    if not paper.logo.data:
        return ""
    source = f"data:image/png;base64,{escape(paper.logo.data)}"
    return f'<img class="paper-logo" src="{source}" alt="{escape(paper.logo.alt)}">'


def _volume(paper: Paper, volume: str) -> str:
    """Return which volume this is, leading to the index of all, a file beside it."""
    if not volume:
        return ""
    href, all_of_them = escape(f"{paper.stem}-index.html"), escape(paper.labels.volumes)
    return f'<p class="paper-volume">{escape(volume)} · <a href="{href}">{all_of_them}</a></p>'


def _contents(paper: Paper) -> str:
    listed = [(depth, head) for depth, head in contents(paper) if head.anchor]
    if not (paper.contents and listed):
        return ""
    frame = _frame(paper)
    items = "".join(
        f'<li class="paper-level-{depth}">'
        f'<a href="#{escape(head.anchor)}">{words_html(head.words, frame)}</a></li>'
        for depth, head in listed
    )
    title = escape(paper.labels.contents)
    return f'<nav aria-label="{title}"><h2>{title}</h2><ol>{items}</ol></nav>'


def _blocks(paper: Paper, beside: Mapping[int, str]) -> str:
    if not paper.blocks:
        return f"<p>{lines(paper.labels.nothing)}</p>"
    frame = _frame(paper)
    return "\n".join(
        block_html(block, level + 1, frame) + beside.get(place, "")
        for place, (block, level) in enumerate(levelled(paper.blocks))
    )
