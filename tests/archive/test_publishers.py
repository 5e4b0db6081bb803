import re

from archive.ingest.source_urls import host_of
from archive.publishers import AGENCIES, OUTLETS, looks_cut_short


def test_hosts_are_written_as_addresses_give_them() -> None:
    assert all(host_of(f"https://{host}/") == host for host in OUTLETS)


def test_every_outlet_has_a_name_and_a_pattern_that_compiles() -> None:
    assert all(
        outlet.name and re.compile(outlet.address_ends) for outlet in OUTLETS.values()
    )


def test_agencies_are_told_by_their_own_spelling() -> None:
    assert {"Reuters", "AP", "Интерфакс"} <= AGENCIES


def test_an_address_without_its_usual_end_looks_cut_short() -> None:
    assert looks_cut_short(
        "themoscowtimes.com", "https://www.themoscowtimes.com/2012/03/01/something-a1"
    )
    assert not looks_cut_short(
        "themoscowtimes.com",
        "https://www.themoscowtimes.com/2012/03/01/something-a12345",
    )


def test_where_nothing_is_known_of_an_outlets_addresses_none_looks_cut_short() -> None:
    assert not looks_cut_short("iwpr.net", "https://iwpr.net/x")
    assert not looks_cut_short("unknown.example", "https://unknown.example/x")
