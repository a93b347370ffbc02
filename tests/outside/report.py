"""Holds the forms of a report against each other: report.py HTML MARKDOWN DOCX PDF

The HTML page is read block by block; each block must be found in the other forms. Links inside must lead somewhere, the
outline of the PDF must be the headings, and python-docx and pypdf must open what they read. Prints what was counted as
JSON; ends with 1 and the faults where there are some.
"""

import html.parser
import json
import re
import sys

import docx
import pypdf
from docx.oxml.ns import qn

BLOCKS = {"h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "th", "td", "caption", "figcaption"}
faults = []


def squash(text):
    """Letters and digits alone: white space, marks and hyphens differ between forms."""
    return re.sub(r"[\W_]+", "", text)


class Page(html.parser.HTMLParser):
    """The texts of blocks, in order, and what is linked."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks, self.open, self.ids, self.leads, self.svg = [], [], [], [], 0

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "svg":
            self.svg += 1
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if not self.svg and attributes.get("href", "").startswith("#"):
            self.leads.append(attributes["href"][1:])
        if tag in BLOCKS and not self.svg:
            # A caption that only says what stands around is not in every form.
            self.open.append(["quiet" if attributes.get("class") == "quiet" else tag, ""])

    def handle_endtag(self, tag):
        if tag == "svg":
            self.svg -= 1
        elif tag in BLOCKS and self.open and not self.svg:
            self.blocks.append(tuple(self.open.pop()))

    def handle_data(self, data):
        if self.open and not self.svg:
            self.open[-1][1] += data


def markdown_text(text):
    text = re.sub(r"<a id=\"[^\"]*\"></a>", "", text)
    text = re.sub(r"\]\((<[^>]*>|#[^)]*)\)", "", text)
    text = re.sub(r"</?code>", "", text)
    return html.unescape(text)


def chunks(text, length=24):
    return [text[at : at + length] for at in range(0, max(1, len(text) - length + 1), length)]


def hold(name, blocks, text, tolerated):
    """Page breaks put a footer into a block of a PDF, so a few chunks may be torn."""
    text = squash(text)
    all_chunks = [(block, chunk) for block in blocks for chunk in chunks(squash(block)) if chunk]
    lost = [(block, chunk) for block, chunk in all_chunks if chunk not in text]
    if len(lost) > tolerated * len(all_chunks):
        faults.append(f"{name} lacks {len(lost)} of {len(all_chunks)} pieces, such as {lost[:3]}")
    return len(all_chunks)


def titles(outline):
    for item in outline:
        if isinstance(item, list):
            yield from titles(item)
        else:
            yield item.title


page_file, markdown_file, docx_file, pdf_file = sys.argv[1:5]
page = Page()
page.feed(open(page_file, encoding="utf-8").read())
blocks = [text for tag, text in page.blocks if text.strip() and tag != "quiet"]
headings = [text for tag, text in page.blocks if tag in ("h2", "h3", "h4")][1:]
if len(page.ids) != len(set(page.ids)):
    faults.append("the page has an id twice")
faults += [f"the page leads to #{lead}, which is not there" for lead in set(page.leads) - set(page.ids)]

markdown = open(markdown_file, encoding="utf-8").read()
anchors = set(re.findall(r'<a id="([^"]*)"></a>', markdown))
leads = set(re.findall(r"\]\(#([^)]*)\)", markdown))
faults += [f"Markdown leads to #{lead}, which is not there" for lead in leads - anchors]

document = docx.Document(docx_file)
body = document.element.body
words = "".join(node.text or "" for node in body.iter(qn("w:t")))
words += "".join(paragraph.text for paragraph in document.sections[0].footer.paragraphs)
marks = {node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))}
leads_docx = {node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink"))} - {None}
faults += [f"DOCX leads to {lead}, which is not there" for lead in leads_docx - marks]
in_docx = [p.text for p in document.paragraphs if p.style.name.lower().startswith("heading")]
if [squash(text) for text in in_docx] != [squash(text) for text in headings]:
    faults.append("the headings of the DOCX are not those of the page")
alternatives = [node.get("descr") for node in body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")]

pdf = pypdf.PdfReader(pdf_file)
in_pdf = "".join(sheet.extract_text() for sheet in pdf.pages)
outline = list(titles(pdf.outline))
if [squash(text) for text in outline] != [squash(text) for text in headings]:
    faults.append("the outline of the PDF is not the headings of the page")
chapters = [pdf.get_destination_page_number(item) for item in pdf.outline if not isinstance(item, list)]
links = sum(1 for sheet in pdf.pages for note in sheet.get("/Annots", []) if note.get_object()["/Subtype"] == "/Link")

pieces = hold("Markdown", blocks, markdown_text(markdown), 0.0)
hold("DOCX", blocks, words, 0.0)
hold("PDF", blocks, in_pdf, 0.03)
print(
    json.dumps(
        {
            "blocks": len(blocks),
            "pieces": pieces,
            "headings": len(headings),
            "leads": len(page.leads),
            "docx_tables": len(document.tables),
            "docx_alternatives": alternatives,
            "pdf_pages": len(pdf.pages),
            "pdf_summary_pages": chapters[1] - chapters[0],
            "pdf_links": links,
            "pdf_language": pdf.trailer["/Root"].get("/Lang"),
            "pdf_tagged": bool(pdf.trailer["/Root"].get("/StructTreeRoot")),
        },
        ensure_ascii=False,
    )
)
if faults:
    print("\n".join(faults), file=sys.stderr)
    sys.exit(1)
