"""Reads PDF files with text: drops running heads and joins wrapped lines to paragraphs."""

from __future__ import annotations

import bisect
import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from qualcode.errors import Problem, UnreadableFileError
from qualcode.importing.document_turns import find_labels
from qualcode.importing.label_candidates import (
    find_label_candidates,
    label_key,
    nonblank_lines,
)
from qualcode.importing.source import DocumentSource, TextBuilder
from qualcode.importing.times import is_stamp, is_unmistakable
from qualcode.messages import Message

_PAGE_NUMBER = re.compile(
    r"\s*[-–]?\s*(?:(?:pagina|page|blz|pag|p)\.?\s*)?(\d{1,4})(?:\s*(?:/|van|of)\s*\d{1,4})?\s*[-–]?\s*",
    re.IGNORECASE,
)
_ENDS = (".", "?", "!", "…", ":", "]", '"', "”", "’", ")", "#")
# Running heads and page numbers take at most this many lines of an edge.
_EDGE = 2
# A line that ends a sentence and is shorter than this share of a full line ends a paragraph.
_SHORT = 0.75


def read_pdf(data: bytes, file_name: str) -> DocumentSource:
    """Return the text of a PDF.

    Raises:
        UnreadableFileError: It is broken or encrypted, or holds only pictures of text.
    """
    pages = [_lines(page) for page in _page_texts(data, file_name)]
    if not any(pages):
        raise UnreadableFileError(
            Message(
                "'{file_name}' holds no text, only pictures of pages (a scan). Run text "
                "recognition (OCR) on it first, or import the document it was made from.",
                file_name=file_name,
            )
        )
    pages, dropped = _without_running_heads(pages)
    written = _paragraphs(pages)
    if not dropped:
        return written
    message = Message.counted(
        "{count} line that repeats at the edges of pages was left out.",
        "{count} lines that repeat at the edges of pages were left out.",
        dropped,
    )
    problem = Problem(file_name, message, "They were taken for running heads and page numbers.")
    return DocumentSource(written.text, written.paragraphs, problems=(problem,))


def _page_texts(data: bytes, file_name: str) -> list[str]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    # pypdf logs each small flaw of a file; serious damage raises an error.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        # A file that is only protected against changes opens with an empty password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFileError(
                Message(
                    "'{file_name}' is protected with a password. Save it without one first.",
                    file_name=file_name,
                )
            )
        return [page.extract_text() for page in reader.pages]
    except DependencyError as error:
        raise UnreadableFileError(
            Message(
                "'{file_name}' is encrypted. Open it and print or save it as an ordinary PDF "
                "first.",
                file_name=file_name,
            )
        ) from error
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        AssertionError,
        ZeroDivisionError,
        NotImplementedError,
    ) as error:
        raise UnreadableFileError(
            Message(
                "'{file_name}' is a damaged PDF. Open it and print or save it as PDF again.",
                file_name=file_name,
            )
        ) from error


def _lines(page: str) -> list[str]:
    """Return the lines of a page, blank ones at its edges left out."""
    text = page.replace("\r\n", "\n").replace("\r", "\n")
    # Some programs write a tab for each space; elsewhere a tab may follow a label.
    if text.count("\t") > text.count(" "):
        text = text.replace("\t", " ")
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _without_running_heads(pages: Sequence[list[str]]) -> tuple[list[list[str]], int]:
    """Drop page numbers and lines that recur at the same edge of most pages."""
    filled = sum(map(bool, pages))
    edges = Counter(
        key
        for page in pages
        for key in {_edge_key(line, 0) for line in page[:_EDGE]}
        | {_edge_key(line, 1) for line in page[-_EDGE:]}
    )
    speakers = _speakers([line for page in pages for line in page])
    running = {
        key
        for key, count in edges.items()
        # 'R: Ja.' may end two pages and still be speech.
        if filled > 1 and count > filled / 2 and not speakers & _speakers_of_line(key[0])
    }
    bodies = [list(_body(page, i, running)) for i, page in enumerate(pages, start=1)]
    return bodies, sum(map(len, pages)) - sum(map(len, bodies))


def _speakers(lines: Sequence[str]) -> set[str]:
    return set(find_labels(DocumentSource("\n".join(lines)), {}).proposals)


def _speakers_of_line(line: str) -> set[str]:
    # A label may fill the line, without any sign after it.
    return {label_key(line)} | {candidate.key for candidate in find_label_candidates(line)}


def _edge_key(line: str, side: int) -> tuple[str, int]:
    # A running head with the number of the page differs on each page in that number only.
    return re.sub(r"\d+", "0", line.strip()), side


def _body(page: Sequence[str], number: int, running: set[tuple[str, int]]) -> Iterator[str]:
    last = len(page) - 1
    for i, line in enumerate(page):
        at_top, at_bottom = i < _EDGE, i > last - _EDGE
        repeats = (at_top and _edge_key(line, 0) in running) or (
            at_bottom and _edge_key(line, 1) in running
        )
        page_number = _PAGE_NUMBER.fullmatch(line) if i in {0, last} else None
        # A number that is not the number of its page may be an answer.
        is_number = page_number is not None and int(page_number[1]) == number
        if not (line.strip() and repeats) and not is_number:
            yield line


def _paragraphs(pages: Sequence[Sequence[str]]) -> DocumentSource:
    """Join wrapped lines; a label, a blank line or a short last line ends a paragraph."""
    lines = [line for page in pages for line in page]
    starts = _starts_of_paragraphs("\n".join(lines))
    width = _width(lines)
    builder = TextBuilder()
    position, before = 0, ""
    for line in lines:
        words = line.strip()
        if words:
            is_time = is_stamp(words) and is_unmistakable(words)
            is_new = position in starts or is_time or _ends_paragraph(before, width)
            _append(builder, words, before, is_new=is_new)
        before = words
        position += len(line) + 1
    builder.close_paragraph()
    return builder.build()


def _starts_of_paragraphs(text: str) -> set[int]:
    """Return the lines that begin with a label, and those after a label that fills its line."""
    starts: set[int] = set()
    line_starts = [start for start, _ in nonblank_lines(text)]
    for candidate in find_labels(DocumentSource(text), {}).candidates:
        first = bisect.bisect_left(line_starts, candidate.start)
        after = bisect.bisect_left(line_starts, candidate.speech_start)
        # A head of several lines, as the panes of Teams and Word have it, keeps its lines.
        starts.update(line_starts[first : max(after, first + 1)])
        line = text[candidate.speech_start :].partition("\n")[0]
        if not line.strip() and after < len(line_starts):
            starts.add(line_starts[after])
    return starts


def _append(builder: TextBuilder, words: str, before: str, *, is_new: bool) -> None:
    if is_new or not before:
        if not builder.fresh:
            builder.close_paragraph()
        builder.open_paragraph()
    elif _is_hyphenated(before, words):
        builder.take_back(1)
    else:
        builder.add(" ")
    builder.add(words)


def _width(lines: Sequence[str]) -> int:
    """Return how long a full line is: the length that one line in ten passes."""
    # The longest line would not do: a table or a long word may exceed the margin.
    lengths = sorted(len(line) for line in lines if line.strip())
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _ends_paragraph(line: str, width: int) -> bool:
    return not line or (len(line) < _SHORT * width and line.endswith(_ENDS))


def _is_hyphenated(before: str, words: str) -> bool:
    """Tell whether a word was divided: letters around the hyphen, and not 'in- en'."""
    stem = before[:-1].rpartition(" ")[2]
    following = re.match(r"[a-zà-ÿ]+", words)
    return (
        before.endswith("-")
        and len(stem) > 1
        and stem.isalpha()
        and following is not None
        and following.group() not in {"en", "of", "and", "or", "tot"}
    )
