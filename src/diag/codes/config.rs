//! Configuration (`G`): `jalon.toml` and the files it names.

codes! {}
