//! Names and types of a whole project.
