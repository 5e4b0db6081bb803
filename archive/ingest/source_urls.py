"""Web addresses: which two are the same article, and which outlet one belongs to."""

from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = ("utm_", "fbclid", "gclid", "yclid", "mc_cid", "mc_eid")
# Characters of an address and of its key, which is longer where letters of other
# scripts are written out.
MAX_LENGTH = 1000


def is_address(words: str) -> bool:
    """Say whether `words` are one whole http(s) address."""
    if any(map(str.isspace, words)) or len(words) > MAX_LENGTH:
        return False
    try:
        parts = urlsplit(words)  # fails on brackets that hold no IPv6 address
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "." not in parts.netloc:
        return False
    return len(address_key(words)) <= MAX_LENGTH


def host_of(address: str) -> str:
    """Return the host of an address in lower case, without `www.` and port."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def address_key(address: str) -> str:
    """Return what is the same for all spellings of one address: no scheme, `www.`, fragment or
    tracking.

    >>> address_key("http://www.Example.org/a/?utm_source=x#top") == address_key("https://example.org/a")
    True
    """
    parts = urlsplit(address)
    # Blank values stay: `?id=` and no query may be two pages.
    parameters = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in parameters if not pair[0].startswith(_TRACKING)]
    query = urlencode(kept)
    key = host_of(address) + parts.path.rstrip("/")
    if query:
        key += f"?{query}"
    return key
