//! Names (`N`): what is declared, twice, or not at all.

codes! {}
