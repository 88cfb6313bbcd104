"""A SPARQL 1.1 store elsewhere: `engine.open_remote` asks it, `push.push` loads the dataset into it."""

from importlib.util import find_spec

from snhr_kg.errors import ContentMissing

if find_spec("httpx") is None:
    raise ContentMissing("a store elsewhere is asked through httpx, which is not here: pip install 'snhr-kg[remote]'")
