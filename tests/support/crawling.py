"""Following links as a robot would, what a response holds, and what a page costs."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit
from zipfile import ZipFile

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.support.kept_pages import forget_pages
from tests.support.pages import page_of

# A manuscript with findings of most kinds, of the demonstration.
CHECKED = (
    "“nothing like it was ever said” “police were not kept within the law” “an amateur video … shoot at protesters” "
    "“mass disorder” “faced with mass disorder by dismissed oilmen” 14 people were killed, 29 people were killed, at "
    "least 15 people were killed"
)


def crawl(client: Client, *starts: str, most: int = 200) -> Iterator[tuple[str, Any]]:
    """Follow every link from these addresses on, as a robot would; yield each address with its
    response."""
    waiting, seen = list(starts), set(starts)
    for _n in range(most):
        if not waiting:
            return
        address = waiting.pop(0)
        response = client.get(address)
        yield address, response
        if response.headers.get("Location"):
            links = [response.headers["Location"]]
        elif (
            response.headers["Content-Type"].startswith("text/html")
            and not response.streaming
        ):
            links = [
                node["href"]
                for node in page_of(response).all("a")
                if "href" in node.attributes
            ]
        else:
            links = []
        for link in links:
            found = urlsplit(urljoin(address, link))
            following = found.path + (f"?{found.query}" if found.query else "")
            if (
                not found.netloc
                and found.path.startswith("/")
                and following not in seen
            ):
                seen.add(following)
                waiting.append(following)


def content_of(response: Any) -> str:
    """What a response holds, as text; of a file that is an archive of others, what they
    hold."""
    content: bytes = response.getvalue() if response.streaming else response.content
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as file:
            content = b"\n".join(file.read(name) for name in file.namelist())
    return content.decode()


def number_of_queries(client: Client, address: str) -> int:
    client.get(address)  # what is only asked once, such as the session, is asked now
    forget_pages()  # and what is kept is asked again
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
