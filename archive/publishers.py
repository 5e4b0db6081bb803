"""Outlets that are known by their web host before any article of theirs has named them.

A name read from a masthead or from a file's own metadata always wins over this table. Where an outlet's
addresses have a fixed shape, `address_ends` says so: an address that does not fit may have been cut short on
its way here, and an event says so.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Outlet:
    name: str
    address_ends: str = ""
    """A regular expression for the end of an article's address."""


OUTLETS: dict[str, Outlet] = {
    "aljazeera.com": Outlet("Al Jazeera"),
    "amnesty.org": Outlet("Amnesty International"),
    "apnews.com": Outlet("Associated Press"),
    "azattyq.org": Outlet("Radio Azattyq"),
    "rus.azattyq.org": Outlet("Radio Azattyq"),
    "bbc.co.uk": Outlet("BBC News"),
    "bbc.com": Outlet("BBC News"),
    "eurasianet.org": Outlet("Eurasianet"),
    "fergana.ru": Outlet("Fergana"),
    "hrw.org": Outlet("Human Rights Watch"),
    "iwpr.net": Outlet("Institute for War & Peace Reporting"),
    "kommersant.ru": Outlet("Kommersant"),
    "meduza.io": Outlet("Meduza"),
    "novayagazeta.ru": Outlet("Novaya Gazeta"),
    "nytimes.com": Outlet("The New York Times"),
    "opendemocracy.net": Outlet("openDemocracy"),
    "reuters.com": Outlet("Reuters"),
    "rferl.org": Outlet("Radio Free Europe/Radio Liberty"),
    "tengrinews.kz": Outlet("Tengrinews"),
    "theguardian.com": Outlet("The Guardian"),
    "themoscowtimes.com": Outlet("The Moscow Times", address_ends=r"-a\d{3,}/?"),
    "vlast.kz": Outlet("Vlast"),
    "washingtonpost.com": Outlet("The Washington Post"),
}

AGENCIES = frozenset(
    {"AFP", "AP", "Associated Press", "Bloomberg", "dpa", "EFE", "IANS", "Interfax", "ITAR-TASS", "Kazinform"}
    | {"PTI", "Reuters", "RIA Novosti", "TASS", "UPI", "Xinhua", "Интерфакс", "РИА Новости", "Рейтер", "ТАСС"}
)
"""Names that are read as an agency credit where they stand alone in brackets at the end of a report."""


def looks_cut_short(host: str, address: str) -> bool:
    """Say whether `address` lacks the end that all article addresses of this outlet have."""
    ending = OUTLETS[host].address_ends if host in OUTLETS else ""
    return bool(ending) and not re.search(f"(?:{ending})$", address)
