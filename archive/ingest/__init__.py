"""From a file to an article: bytes are decoded (`decoding`), read by the importer for their kind
(`importers`, called by `reading`) and kept with their provenance (`keeping`). `pipeline` has the
way as a whole: `take_in`, `take_in_files` and `correct_text`.

The names are imported from the modules themselves: `keeping` and `pipeline` need the database,
and the modules beside them must stay usable without one, in other processes too (`workers`).
"""
