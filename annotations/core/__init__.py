"""The pure core: what can be said of texts, names, figures and quotations without a database.

Nothing here imports a Django model, a setting or a request, so that each rule can be tried on
its own and in a moment. Six rooms, each with a public face in its `__init__`:

- `anchoring`: where a passage stands, and how it is marked;
- `names`: names found, matched and compared across scripts;
- `figures`: numbers read, compared, summed up and drawn;
- `quotes`: quotations found and traced to their source;
- `manuscripts`: files of many kinds read as plain text;
- `w3c`: passages as Web Annotations, and back.

The rooms may import each other in one direction only: names ← figures ← quotes ← manuscripts,
and figures ← w3c. Within a room modules import each other by their full path, never through the
face, which would be a circle.
"""
