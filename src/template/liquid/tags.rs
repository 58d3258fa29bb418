//! The tags that Jalon refuses, and why.

use crate::diag::did_you_mean;

/// The tags that a template may have.
pub const KNOWN: [&str; 14] = [
    "if",
    "elsif",
    "else",
    "endif",
    "unless",
    "endunless",
    "case",
    "when",
    "endcase",
    "for",
    "endfor",
    "comment",
    "endcomment",
    "raw",
];

/// What to do instead of a tag that Jalon does not have.
pub fn instead_of(name: &str) -> String {
    let help = match name {
        "assign" | "capture" | "increment" | "decrement" | "endcapture" => {
            "declare a `measure` for what is computed, or pass it as a parameter of the message"
        }
        "include" | "render" | "section" | "extends" | "block" | "load" | "content_blocks" => {
            "write the text here: a template is one file, so that a review shows all of it"
        }
        "cycle" | "tablerow" | "endtablerow" => {
            "write what each row shows with `{% for %}` and `forloop.index`"
        }
        "break" | "continue" => {
            "limit the loop with `limit: 3`, or put an `{% if %}` around its body"
        }
        "connected_content" | "abort_message" | "catalog_items" => {
            "decide in the journey: an `action` asks another system, an `if` leaves a send out"
        }
        "elseif" | "elif" => "write `elsif`",
        "end" => "say what ends: `endif`, `endunless`, `endcase` or `endfor`",
        "endraw" => "open it with `{% raw %}`, or remove this tag",
        "echo" | "liquid" | "#" => "write `{{ }}` around the value",
        _ if name.contains("unsub") => "write `{{ unsubscribe }}`",
        "ifchanged" | "ifequal" | "with" | "set" => "write `{% if %}`",
        _ => {
            return did_you_mean(name, KNOWN).unwrap_or_else(|| {
                "use one of `if`, `unless`, `case`, `for`, `comment` and `raw`".to_owned()
            });
        }
    };
    help.to_owned()
}
