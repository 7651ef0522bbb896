"""What of rich text, OpenDocument, web pages and PDF becomes text."""

from __future__ import annotations

import pytest

from documents import odt, pdf, rtf
from qualcode.importing import ReadResult, read_transcript_bytes

BOX = "<draw:text-box><text:p>doos</text:p></draw:text-box>"
CELL = "<table:table-cell><text:p>a</text:p></table:table-cell>"


def rtf_text(body: str) -> str:
    return read_transcript_bytes(rtf(body), "P02.rtf").transcript.text


def html_text(body: str) -> str:
    return read_transcript_bytes(f"<html>{body}</html>".encode(), "a.html").transcript.text


def read_pdf(*pages: list[str]) -> ReadResult:
    return read_transcript_bytes(pdf(*pages), "P04.pdf")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"een\par twee", "een\ntwee"),
        (r"een\line twee\tab drie", "een\ntwee\tdrie"),
        (r"een\par\par twee\par", "een\n\ntwee"),
        (r"caf\'e9 \'80", "café €"),
        (r"\u233?\u8364 ?", "é€"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
        (r"\uc2\u233\'c3\'a9x", "éx"),
        (r"\uc0\u233 x", "éx"),
        (r"{\f1\'e0\'e1} a", "аб a"),
        (r"\{a\}\\b", r"{a}\b"),
        (r"a\~b\_c\-d\emdash e", "a\xa0b\u2011cd—e"),
        (r"{\pict\bin3 }}}}a", "a"),
        (r"{\*\geheim weg}a{\header kop}b", "ab"),
        (r'{\field{\*\fldinst HYPERLINK "x"}{\fldrslt hier}}', "hier"),
        (r"{\listtext 1.\tab}een", "1.\teen"),
        ("a\r\nb", "ab"),
        ("a\\\nb", "a\nb"),
        (
            r"\trowd\intbl I\cell Hoe?\cell\row\trowd R\cell Zo.\cell\row\pard na",
            "I\tHoe?\nR\tZo.\nna",
        ),
    ],
)
def test_control_words_of_rich_text_become_the_characters_they_stand_for(
    body: str, text: str
) -> None:
    assert rtf_text(body) == text


def test_hidden_and_deleted_rich_text_is_left_out_with_problems() -> None:
    result = read_transcript_bytes(
        rtf(r"a{\v geheim}b{\deleted weg}c\v x\v0 d{\footnote noot}"), "P02.rtf"
    )
    assert result.transcript.text == "abcd"
    messages = " ".join(problem.message for problem in result.problems)
    assert "1 tracked deletion" in messages
    assert "7 characters of hidden text" in messages
    assert "A footnote was left out: 'noot'" in messages


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ("<text:p>een<text:line-break/>twee<text:tab/>drie</text:p>", "een\ntwee\tdrie"),
        ("<text:p>a<text:s text:c='3'/>b<text:s/>c</text:p>", "a   b c"),
        ("<text:p>\n  a \n  <text:span>b </text:span> c</text:p>", "a b c"),
        ("<text:list><text:list-item><text:p>punt</text:p></text:list-item></text:list>", "punt"),
        ("<text:h>kop</text:h>", "kop"),
        ("<text:section><text:p>deel</text:p></text:section>", "deel"),
        ("<text:p>a<text:span text:style-name='V'>geheim</text:span>b</text:p>", "ab"),
        (f"<text:p>v<draw:frame>{BOX}</draw:frame>na</text:p>", "vna\ndoos"),
        (f"<table:table><table:table-row>{CELL}{CELL}</table:table-row></table:table>", "a\ta"),
    ],
)
def test_elements_of_opendocument_become_the_characters_they_stand_for(
    block: str, text: str
) -> None:
    style = "<style:style style:name='V'><style:text-properties text:display='none'/></style:style>"
    result = read_transcript_bytes(odt(block, styles=style), "P01.odt")
    assert result.transcript.text == text


def test_deletions_and_notes_of_opendocument_are_problems_and_not_text() -> None:
    deleted = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    body = "<text:note-body><text:p>noot</text:p></text:note-body>"
    note = f"<text:p>ja<text:note>{body}</text:note></text:p>"
    result = read_transcript_bytes(odt(deleted, note), "P01.odt")
    assert result.transcript.text == "ja"
    assert "1 tracked deletion" in result.problems[0].message
    assert "'noot'" in result.problems[1].message


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>een</p><p>twee</p>", "een\ntwee"),
        ("<p>een<br>twee</p>", "een\ntwee"),
        ("<p>  a \n <b>b</b>  c </p>", "a b c "),
        ("<head><title>weg</title></head><script>weg()</script><style>p{}</style>ja", "ja"),
        ("<p>caf&eacute; &amp; &lt;ik&gt;</p>", "café & <ik>"),
        ("<div>een<div>twee</div>drie</div>", "een\ntwee\ndrie"),
        ("<pre>een\n  twee</pre>", "een\n  twee"),
        (
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td></td></tr></table>na",
            "a\tb\nc\t\nna",
        ),
        ("<ul><li>een<li>twee</ul>", "een\ntwee"),
        ("<!-- weg --><p>ja<!-- weg --></p>", "ja"),
    ],
)
def test_elements_of_a_web_page_become_lines(body: str, text: str) -> None:
    assert html_text(body) == text


def test_anchors_of_noscribe_give_turns_their_times() -> None:
    page = (
        '<html><p>Interview</p><p><a name="ts_2000_4000_S01">S01: Hoe gaat het?</a></p>'
        '<p><a name="ts_4000_9000_S02">S02: Goed.</a> <a name="ts_9000_9900_S02">Echt.</a></p>'
        "</html>"
    )
    transcript = read_transcript_bytes(page.encode(), "a.html").transcript
    assert [(t.time_ms, t.span.of(transcript.text)) for t in transcript.turns] == [
        (2000, "Hoe gaat het?"),
        (4000, "Goed. Echt."),
    ]


def test_the_charset_a_page_declares_is_no_problem() -> None:
    page = '<html><meta charset="windows-1252"><p>I: café?</p><p>R: één.</p></html>'
    result = read_transcript_bytes(page.encode("cp1252"), "a.html")
    assert result.transcript.text == "I: café?\nR: één."
    assert result.problems == ()


def test_wrapped_lines_of_a_pdf_are_joined_and_labels_start_paragraphs() -> None:
    text = read_pdf(
        [
            "I: Hoe gaat het met u?",
            "R: Het gaat wel, al is het soms een beetje moei-",
            "lijk om te zeggen. Op het werk is er de in-",
            "en verkoop, en daarna",
            "I: Ja?",
        ]
    ).transcript.text
    assert text == (
        "I: Hoe gaat het met u?\nR: Het gaat wel, al is het soms een beetje moeilijk om te zeggen. "
        "Op het werk is er de in- en verkoop, en daarna\nI: Ja?"
    )


def test_running_heads_and_page_numbers_of_a_pdf_are_left_out_with_a_problem() -> None:
    result = read_pdf(
        ["Interview P04", "I: Hoe ging dat toen je", "Pagina 1 van 3"],
        ["Interview P04", "daar voor het eerst kwam?", "Pagina 2 van 3"],
        ["Interview P04", "R: Goed.", "I: Mooi.", "Pagina 3 van 3"],
    )
    assert result.transcript.text == (
        "I: Hoe ging dat toen je daar voor het eerst kwam?\nR: Goed.\nI: Mooi."
    )
    assert "6 lines" in result.problems[0].message


def test_speech_at_the_edges_of_pages_is_no_running_head_and_numbers_may_be_speech() -> None:
    text = read_pdf(
        ["I: Hoe oud was je toen, ongeveer, want dat weet ik niet meer. Was je", "12", "1"],
        ["of ouder?", "R: Ja.", "I: En toen?", "R: Ja."],
        ["I: En?", "R: Ja."],
    ).transcript.text
    assert "Was je 12 of ouder?\n" in text
    assert text.count("R: Ja.") == 3
