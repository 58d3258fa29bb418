//! The `jalon` program.

use std::process::ExitCode;

/// A check asks for memory a few million times, in small pieces: this allocator takes half the
/// time of the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    jalon::cli::main()
}
