"""Outlets that are known by their web host before any article of theirs has named them.

A name read from a masthead or from a file's own metadata always wins over this table. Where an
outlet's addresses have a fixed shape, `address_ends` says so: an address that does not fit may
have been cut short on its way here, and an event says so.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class KnownPublisher:
    name: str
    # A regular expression for the end of an article's address.
    address_ends: str = ""


OUTLETS: dict[str, KnownPublisher] = {
    "aljazeera.com": KnownPublisher("Al Jazeera"),
    "amnesty.org": KnownPublisher("Amnesty International"),
    "apnews.com": KnownPublisher("Associated Press"),
    "azattyq.org": KnownPublisher("Radio Azattyq"),
    "rus.azattyq.org": KnownPublisher("Radio Azattyq"),
    "bbc.co.uk": KnownPublisher("BBC News"),
    "bbc.com": KnownPublisher("BBC News"),
    "eurasianet.org": KnownPublisher("Eurasianet"),
    "fergana.ru": KnownPublisher("Fergana"),
    "hrw.org": KnownPublisher("Human Rights Watch"),
    "iwpr.net": KnownPublisher("Institute for War & Peace Reporting"),
    "kommersant.ru": KnownPublisher("Kommersant"),
    "meduza.io": KnownPublisher("Meduza"),
    "novayagazeta.ru": KnownPublisher("Novaya Gazeta"),
    "nytimes.com": KnownPublisher("The New York Times"),
    "opendemocracy.net": KnownPublisher("openDemocracy"),
    "reuters.com": KnownPublisher("Reuters"),
    "rferl.org": KnownPublisher("Radio Free Europe/Radio Liberty"),
    "tengrinews.kz": KnownPublisher("Tengrinews"),
    "theguardian.com": KnownPublisher("The Guardian"),
    "themoscowtimes.com": KnownPublisher(
        "The Moscow Times", address_ends=r"-a\d{3,}/?"
    ),
    "vlast.kz": KnownPublisher("Vlast"),
    "washingtonpost.com": KnownPublisher("The Washington Post"),
}

# Names that are read as an agency credit where they stand alone in brackets at the end
# of a report.
AGENCIES = frozenset(
    {
        "AFP",
        "AP",
        "Associated Press",
        "Bloomberg",
        "dpa",
        "EFE",
        "IANS",
        "Interfax",
        "ITAR-TASS",
        "Kazinform",
    }
    | {
        "PTI",
        "Reuters",
        "RIA Novosti",
        "TASS",
        "UPI",
        "Xinhua",
        "Интерфакс",
        "РИА Новости",
        "Рейтер",
        "ТАСС",
    }
)


def looks_cut_short(host: str, address: str) -> bool:
    """Say whether `address` lacks the end that all article addresses of this outlet have."""
    if host not in OUTLETS or not OUTLETS[host].address_ends:
        return False
    # The table's patterns say how an address ends; what comes before is free.
    return not re.search(f"(?:{OUTLETS[host].address_ends})$", address)
