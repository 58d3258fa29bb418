//! The `jalon` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    jalon::cli::main()
}
