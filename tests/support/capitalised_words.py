"""Words that names are made of, and words beside names."""

from hypothesis import strategies as st

WORDS = st.sampled_from(
    "Kasymov|Kasymov's|said.|minister|Minister|«Касымова»|К.|С.|bin|al-Assad|AKTAU|OMON|O'Brien|Nur-Sultan|the|The|of|"
    "Monday|“Yes,”|Bank|for|and|in|—|-|,|.|!|?|:|Қазақстанда|Касымовым|uulu|I|Don't|anti-Kasymov|U.S.-based|Vlast.kz|"
    "е\u0301|İ|ǅ|\u0301|\U0001f600|(|\n|\u00a0|  ".split("|")
)
