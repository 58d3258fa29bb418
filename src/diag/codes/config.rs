//! Configuration (`G`): `jalon.toml`, the files it names, and `allow` comments.

codes! {
    INVALID_TOML = "G001" "invalid-toml" Error "jalon.toml is not written in TOML";
    UNKNOWN_SETTING = "G002" "unknown-setting" Error "jalon.toml has a key that Jalon does not know";
    WRONG_SETTING = "G003" "wrong-setting" Error "a value in jalon.toml is not of the kind that its key needs";
    NAMELESS_PROJECT = "G004" "nameless-project" Error "jalon.toml does not say what the project is called";
    WRONG_DURATION = "G005" "wrong-duration" Error "a text in jalon.toml is not a duration of fixed length";
    UNKNOWN_CODE = "G006" "unknown-code" Error "`[lints]` or an allow comment names a diagnostic that does not exist";
    LOWERED_ERROR = "G007" "lowered-error" Error "`[lints]` or an allow comment tries to silence what is always an error";
    MISSING_SOURCE = "G008" "missing-source" Error "jalon.toml names a folder or file that is not there";
    EMPTY_PROJECT = "G009" "empty-project" Error "a project has no .jalon file";
    UNREADABLE_FILE = "G010" "unreadable-file" Error "a file of the project cannot be read";
    OUTSIDE_PROJECT = "G011" "outside-project" Error "a path leads out of the project";
    UNEXPLAINED_ALLOW = "G012" "unexplained-allow" Error "an allow comment gives no reason";
    UNUSED_ALLOW = "G013" "unused-allow" Warn "an allow comment silences nothing";
}
