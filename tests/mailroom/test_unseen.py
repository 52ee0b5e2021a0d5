"""Words that nobody sees are not taken for a sender's; words that are seen all are."""

import time

import pytest

from consulta.mailroom import hypertext, post

UNSEEN = [
    '<div style="display:none">X</div>',
    '<div style="DISPLAY : NONE !important"><b>X</b></div>',
    '<span style="font-size:0px">X</span>',
    '<span style="font-size: 1px; line-height:1px">X</span>',
    '<p style="mso-hide: all">X</p>',
    '<p style="visibility:hidden">X</p>',
    '<p style="opacity:0">X</p>',
    '<div style="max-height:0px;overflow:hidden">X</div>',
    # the line that programs show before a letter is opened, as newsletters write it
    '<div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;'
    'max-width:0px;opacity:0;overflow:hidden;">X</div>',
    '<p style="text-indent:-9999px">X</p>',
    '<div style="position:absolute; top:-5000px">X</div>',
    '<div style="margin-left:-9999px">X</div>',
    '<p style="font-size:0">X</p>',
    '<p style="color:#111111;color:#FEFEFE">X</p>',
    '<p style="color:rgba(0,0,0,0)">X</p>',
    '<p style="color:transparent">X</p>',
    '<p style="color:ghostwhite">X</p>',
    '<table><tr><td bgcolor="#003366"><span style="color:#036">X</span></td></tr></table>',
    '<body bgcolor="black"><p><font color="#000000">X</font></p></body>',
    '<div style="background:#036"><div style="background:#fff"><p style="color:#fff">X</p></div></div>',
    '<div style="background:#036;color:#fff"><div style="background-color:white">X</div></div>',
    '<p style="position:absolute;left:-9999px">X</p>',
    "<p hidden>X</p>",
    '<font color="#FFFFFF">X</font>',
    '<p style="color: rgb(255, 255, 255)">X</p>',
    '<div style="display:none"><div><p>X</div></div>',
]
SEEN = [
    '<p style="font-size:0.9em;color:#000;opacity:0.8">X</p>',
    '<p style="font-size:10pt">X</p>',
    '<p style="font-size:100%">X</p>',
    '<table bgcolor="#003366"><tr><td style="color:#fff">X</td></tr></table>',
    '<div style="background:#036"><p style="color:white">X</p></div>',
    '<div style="color:white"><p style="color:#111">X</p></div>',
    '<p style="max-height:100px">X</p>',
    '<div style="display:none"></div><p>X</p>',
    '<p style="display:block">X</p>',
    # white on dark, the dark of which stands further out
    '<body bgcolor="#003366"><p style="color:#ffffff">X</p></body>',
    '<html><body style="margin:0;background:#111 none repeat scroll 0 0"><center><table><tr><td>'
    '<p style="color:#fff">X</p></td></tr></table></center></body></html>',
    '<form style="background-color:#222"><font color="white">X</font></form>',
    '<table style="background:url(cid:night)"><tr><td style="color:white">X</td></tr></table>',
    '<table background="cid:night" bgcolor="#ffffff"><tr><td style="color:white">X</td></tr></table>',
    '<div style="background-image:linear-gradient(#000,#333)"><p style="color:#fff">X</p></div>',
    '<table><tr><td style="background-color:rgb(0, 51, 102)">'
    '<span style="color:rgba(255,255,255,0.9)">X</span></td></tr></table>',
    '<table><tr><td style="background:navy"><p style="color:WHITE">X</p></td></tr></table>',
    '<p style="color:#ccc">X</p>',
    '<p style="color:#fff"><a href="">X</a></p>',
    '<p style="color:hsl(0 0% 100%)">X</p>',
    # a hanging indent, as bibliographies have it
    '<p style="margin-left:113.4pt;text-indent:-113.4pt">X</p>',
    '<p style="padding:0 0 0 150px;text-indent:-150px">X</p>',
    '<ul style="padding-left:160px"><li style="text-indent:-120px">X</li></ul>',
    '<p style="text-indent:-36pt">X</p>',
    '<p style="max-height:0">X</p>',
    '<p style="left:-9999px">X</p>',
]
#: Every word is kept, and a person is told.
DOUBTFUL = [
    "<style>.pre { display : none }</style><p class=pre>X</p>",
    "<style><!-- .pre{font-size:0px;} --></style><p class=pre>X</p>",
    "<style>body{background:#111}</style><p style='color:#fff'>X</p>",
    "<style>a:hover{top:0} p.pre{visibility:hidden}</style><p class='x PRE'>X</p>",
    "<style>#one{mso-hide:all}</style><p id=one>X</p>",
    "<style>p{opacity:0}</style><p>X</p>",
    "<style>body p>span , i{display:none}</style><p><span>X</span></p>",
    "<style>.hide{max-height:0}</style><div class=hide><div><p>X</p></div></div>",
    "<style>.\\70 re{display:none}</style><p class=pre>X</p>",
    "<style>.pre{dis/**/play:block;d\\69splay:none}</style><p class=pre>X</p>",
    "<style>@import 'x'; .pre{display:none}</style><p class=pre>X</p>",
    "<style>@media screen{.pre{display:none}}</style><p class=pre>X</p>",
    "<style>@media (max-width:9000px){.pre{display:none}}</style><p class=pre>X</p>",
    "<style>@supports (display:none){.pre{display:none}}</style><p class=pre>X</p>",
    "<style>.pre{display:none; b{top:0}}</style><p class=pre>X</p>",
    "<style>.pre{position:absolute;left:-999px}</style><p class=pre>X</p>",
    "<style>.pre{display:none</style><p class=pre>X</p>",
    "<style>[title]{display:none}</style><p title=x>X</p>",
    "<style>:is(.pre){display:none}</style><p class=pre>X</p>",
    "<style>x-y{display:none}</style><x-y>X</x-y>",
    "<style>center.pre{display:none}</style><center class=pre>X</center>",
    "<style>body{display:none}</style><body>X</body>",
    "<style>form .pre{display:none}</style><form><p class=pre>X</p></form>",
    "<style>" + "p{top:0}" * 6_000 + "</style><p style='display:block'>X</p>",
    f"{'<div>' * 400}<p style='display:none'>X</p>",
]
#: What a style sheet says for other readers, or of colours alone, hides nothing.
SHEETS = [
    "<style>@media (max-width:600px){.wide{display:none}} p{margin:0}</style><p>X</p>",
    "<style>/* display:none */ a:link{color:#0563C1}</style><p style='color:#111'>X</p>",
    "<style>body{background:#111;color:#eee}</style><p>X</p>",
    # rules that fit no element of the letter, or none that says anything
    "<style>.pre{display:none}</style><p class=post>X</p>",
    "<style>.pre{display:none}</style><p>X</p><img class=pre>",
    "<style>.pre{display:none}</style><p>X</p><div class=pre>&nbsp;</div>",
    "<style>p.pre{display:none}</style><div class=pre>X</div>",
    "<style>.a.b{display:none}</style><div class=a>X</div>",
    "<style>.ExternalClass p{display:none}</style><p>X</p>",
    "<style>#outlook a,.show{opacity:1}u + .gm .m{display:none}</style><p class=m>X</p>",
    "<style>li::before{display:none}li:hover{opacity:0}</style><ul><li>X</li></ul>",
    "<style>@font-face{font-family:A;font-size:0}</style><p>X</p>",
    "<style>@media print{p{display:none}}</style><p>X</p>",
    "<style>@media only screen and (max-width:480px){.wide,p{display:none!important}}"
    "@media (prefers-color-scheme:dark){p{color:#eee}}</style><p class=wide>X</p>",
    # a reply of Outlook: Word's own sheet
    "<style><!-- /* Font Definitions */ @font-face {font-family:Calibri; panose-1:2 15 5;} "
    "p.MsoNormal, li.MsoNormal {margin:0cm; font-size:11.0pt;} span.EmailStyle19 "
    "{mso-style-type:personal-reply; color:windowtext;} .MsoChpDefault {mso-style-type:export-only;} "
    "@page WordSection1 {size:612.0pt 792.0pt;} div.WordSection1 {page:WordSection1;} --></style>"
    "<!--[if gte mso 9]><xml><o:shapedefaults v:ext='edit' spidmax='1026'/></xml><![endif]-->"
    "<body lang=EN-GB><div class=WordSection1><p class=MsoNormal>X<o:p></o:p></p></div></body>",
    # one of its mail program on the web: the sheet itself is not displayed
    '<style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style>'
    '<body dir="ltr"><div class="elementToProof" style="color: rgb(0, 0, 0);">X</div></body>',
    # a newsletter: for narrow screens alone, and for what it does not hold
    "<style>img{display:block}.mobile{display:none;max-height:0}#MessageViewBody a{color:inherit}"
    "@media screen and (max-width:600px){.desktop{display:none !important}}</style>"
    "<table class=desktop><tr><td>X</td></tr></table>",
]


@pytest.mark.parametrize("html", UNSEEN)
def test_what_no_reader_sees_is_left_out_and_said(html):
    page = hypertext.read(f"<p>We agree.</p>{html}<p>Thanks.</p>")

    assert (page.text.split(), page.hidden) == (["We", "agree.", "Thanks."], True)


@pytest.mark.parametrize("html", SEEN)
def test_what_is_seen_is_taken(html):
    page = hypertext.read(html)

    assert (page.text, page.hidden) == ("X", False)


@pytest.mark.parametrize("html", DOUBTFUL)
def test_what_may_be_unseen_is_kept_and_said(html):
    page = hypertext.read(html)

    assert (page.text, page.hidden) == ("X", True)


@pytest.mark.parametrize("html", SHEETS)
def test_a_style_sheet_that_hides_nothing_from_its_reader_is_no_reason_to_look(html):
    page = hypertext.read(html)

    assert (page.text, page.hidden) == ("X", False)


def test_a_newsletter_in_dark_keeps_its_words_and_loses_the_line_before_them():
    page = hypertext.read(
        '<body style="margin:0;background-color:#0b0b0f;color:#f4f4f4">'
        '<div style="display:none;max-height:0;overflow:hidden">Preview</div>'
        '<table role="presentation" width="100%"><tr><td style="padding:20px">'
        '<h1 style="color:#ffffff">News</h1><p>We <b style="color:#fff">agree</b>.</p>'
        '<table bgcolor="#ffffff"><tr><td style="color:#222">Light</td></tr></table>'
        "</td></tr></table></body>"
    )

    assert (page.text.split(), page.hidden) == (["News", "We", "agree.", "Light"], True)


def test_the_letter_says_that_something_was_hidden():
    raw = (
        b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n<p>Yes<i style='display:none'>no</i>"
    )
    opened = post.open_letter(raw)

    assert (opened.text, opened.hidden) == ("Yes", True)


@pytest.mark.parametrize(
    "html",
    [
        '<p style=";font-size:' + " " * 200_000 + 'x">x</p>',
        '<p style="' + ";left:-" * 100_000 + '">x</p>',
        "color:</x>" * 100_000,
        '<i style="x:' * 100_000,
        "<style>@media{" * 100_000 + "color:",
        "<style>" + ".a{x{" * 100_000 + "color:",
        "<style>" + ".a" * 300_000 + "{display:none}</style>",
        "<style>" + "".join(f".a{n}," for n in range(60_000)) + "p{display:none}</style>",
        "<style>" + ".a{display:none}" * 4_900 + "</style>" + "<p class=a>x</p>" * 50_000,
        "<style>p{display:none}</style>" + "<p class" * 100_000,
        "<style>" + "[" * 400_000 + "{display:none}</style>",
        "<style>@media" + " " * 300_000 + "{p{display:none}}</style>",
        "<style>" + "@media x{a{}" * 50_000 + "</style>color:",
        '<p style="color:rgb(' + "1 " * 900 + ')">x</p>' * 2_000,
    ],
)
def test_a_letter_made_to_be_slow_is_read_in_time(html):
    before = time.process_time()
    hypertext.read(html)

    assert time.process_time() - before < 5
