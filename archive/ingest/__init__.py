"""From a file to an article: bytes are decoded (`decoding`), read by the importer for their kind
(`importers`), and kept with their provenance (`pipeline`, which has `take_in` and `correct_text`).

The names are imported from the modules themselves: `pipeline` needs the models, and the modules
beside it must stay usable without a database.
"""
