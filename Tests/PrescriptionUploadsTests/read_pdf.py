"""Answers each line, a PDF in Base64, with its title and the lines of its pages, read by pypdf and joined by "|"."""

import base64
import io
import sys

from pypdf import PdfReader

for line in sys.stdin:
    reader = PdfReader(io.BytesIO(base64.b64decode(line)), strict=True)
    texts = [reader.metadata.title] + [page.extract_text() for page in reader.pages]
    print("|".join("\n".join(texts).split("\n")))
