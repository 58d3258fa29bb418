//! What is printed when the program is wrong, and not its user.

use std::panic::{self, PanicHookInfo};

/// Prints what to report, and ends the process with code 101, wherever the mistake happens.
pub(super) fn report_internal_errors() {
    panic::set_hook(Box::new(|info| {
        anstream::eprintln!("{}", report(&what(info), &place(info)));
        std::process::exit(101);
    }));
}

fn what(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    payload
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

fn place(info: &PanicHookInfo<'_>) -> String {
    info.location().map_or_else(
        || "an unknown place".to_owned(),
        |location| format!("{}:{}", location.file(), location.line()),
    )
}

fn report(what: &str, place: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "error: jalon made a mistake and stopped; what you wrote is not the cause\n  \
           help: please report it, with the command you ran, the file it was about, and these \
         lines:\n\n    jalon {version}\n    {place}\n    {what}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_says_what_to_send() {
        let text = report("index out of range", "src/model/mod.rs:12");
        assert!(text.starts_with("error: jalon made a mistake"));
        assert!(
            text.contains("\n  help: please report it, with the command"),
            "{text}"
        );
        assert!(
            text.contains("\n    src/model/mod.rs:12\n    index out of range\n"),
            "{text}"
        );
    }
}
