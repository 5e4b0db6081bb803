"""Reports of a check as files.

To add a format, write a module with `write(report, name, base) -> pieces` and give it a line
here. `name` is what the manuscript is called, `base` the archive's own address, `https://…`.
"""

from annotations.export.format import JSON, MARKDOWN, PLAIN_TEXT, Format
from annotations.quote_check.formats import json, markdown, text

REPORT_FORMATS: dict[str, Format] = {
    "text": Format("Text", "txt", PLAIN_TEXT, text.write),
    "json": Format(*JSON, json.write),
    "markdown": Format(*MARKDOWN, markdown.write),
}
