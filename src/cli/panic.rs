//! What is printed when the program is wrong, and not its user.

/// Prints what to report, and ends the process with code 101, wherever the mistake happens.
pub(super) fn report_internal_errors() {
    std::panic::set_hook(Box::new(|info| {
        let what = info
            .payload()
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| info.payload().downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "no message".to_owned());
        let place = info.location().map_or_else(String::new, |location| {
            format!("{}:{}", location.file(), location.line())
        });
        anstream::eprintln!(
            "error: jalon made a mistake and stopped; what you wrote is not the cause\n  help: please report it, with the command you ran, the file it was \
             about, and these lines:\n\n    jalon {}\n    {place}\n    {what}\n",
            env!("CARGO_PKG_VERSION")
        );
        std::process::exit(101);
    }));
}
