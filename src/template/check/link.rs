//! Links: `{{ 'https://...' | link: 'answer' }}`.

use super::{Checker, Link};
use crate::diag::codes::template as codes;
use crate::source::Span;
use crate::template::liquid::{FilterCall, Literal, Value, ValueKind};
use smol_str::SmolStr;

impl Checker<'_> {
    /// Checks a link. `source` is the value it is made of, if no filter stands between.
    pub fn link(&mut self, source: Option<&Value>, call: &FilterCall) {
        let Some(ValueKind::Literal(Literal::Text(name))) =
            call.args.first().map(|value| &value.kind)
        else {
            return;
        };
        let name_span = call.args.first().map_or(call.span, |value| value.span);
        let valid = name.chars().next().is_some_and(unicode_ident::is_xid_start)
            && name
                .chars()
                .all(|c| unicode_ident::is_xid_continue(c) || c == '-');
        if !valid {
            let finding = self
                .finding(
                    &codes::WRONG_LINK,
                    name_span,
                    format!("`{name}` is not a name for a link"),
                )
                .help("write a name of letters, digits, `_` and `-` that starts with a letter");
            self.report(finding);
        }
        let url = match source.map(|value| (&value.kind, value.span)) {
            Some((ValueKind::Literal(Literal::Text(url)), span)) => {
                self.url(url, span);
                Some(url.clone())
            }
            _ => None,
        };
        let place = self.places.place(call.span);
        let Some(first) = self.links.get(name) else {
            self.links.insert(
                name.clone(),
                Link {
                    name: name.clone(),
                    url,
                    place,
                },
            );
            return;
        };
        if first.url != url {
            let before = first.place;
            let finding = self
                .finding(
                    &codes::WRONG_LINK,
                    call.span,
                    format!("the link `{name}` has another URL here than above"),
                )
                .other(before, "its first URL is here")
                .help("give each URL its own link name");
            self.report(finding);
        }
    }

    /// Checks a URL that is written in the template.
    fn url(&mut self, url: &SmolStr, span: Span) {
        if let Err(why) = read_url(url) {
            let finding = self
                .finding(&codes::WRONG_LINK, span, format!("`{url}` {why}"))
                .help("write the whole URL: `https://example.org/page`");
            self.report(finding);
        } else if url
            .get(..5)
            .is_some_and(|start| start.eq_ignore_ascii_case("http:"))
        {
            let secure = url.get(5..).unwrap_or("");
            let finding = self
                .finding(&codes::INSECURE_LINK, span, format!("`{url}` is not https"))
                .help(format!("write `https:{secure}`"));
            self.report(finding);
        }
    }
}

/// Whether a text is a URL that a person can open: a scheme, and for the web a host.
///
/// The rule is RFC 3986's, without what nobody writes in a message (user names, IP literals in
/// brackets are allowed, spaces are not).
pub fn read_url(url: &str) -> Result<(), &'static str> {
    if url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("has a space in it");
    }
    if url.contains(['<', '>', '"', '{', '}', '|', '\\', '^', '`']) {
        return Err("has a character that a URL cannot have");
    }
    let Some((scheme, rest)) = url.split_once(':') else {
        return Err("is not a URL: it has no `https:` in front");
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let Some(rest) = rest.strip_prefix("//") else {
                return Err("is not a URL: `//` is missing behind its scheme");
            };
            let host = rest.split(['/', '?', '#']).next().unwrap_or("");
            let host = host.rsplit('@').next().unwrap_or(host);
            let name = host.split(':').next().unwrap_or(host);
            if name.is_empty() {
                return Err("is not a URL: it has no host");
            }
            let plain =
                |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '[' | ']' | '%');
            if !host.starts_with('[') && (!name.chars().all(plain) || name.contains("..")) {
                return Err("is not a URL: its host cannot be read");
            }
            Ok(())
        }
        "mailto" | "tel" | "sms" if !rest.is_empty() => Ok(()),
        "" => Err("is not a URL: it has no `https:` in front"),
        "javascript" | "data" | "vbscript" | "file" => Err("is not a link that a message may have"),
        other
            if other
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) =>
        {
            // An app's own scheme: `fondation://gift/12`.
            if rest.starts_with("//") {
                Ok(())
            } else {
                Err("is not a URL: `//` is missing behind its scheme")
            }
        }
        _ => Err("is not a URL: it has no `https:` in front"),
    }
}

#[cfg(test)]
mod tests {
    use super::read_url;

    #[test]
    fn urls() {
        for url in [
            "https://example.org",
            "http://example.org:8080/a?b=c#d",
            "https://exämple.org/é",
            "mailto:a@example.org",
            "tel:+15145550100",
            "fondation://gift/12",
        ] {
            assert_eq!(read_url(url), Ok(()), "{url}");
        }
        for url in [
            "example.org",
            "https:/example.org",
            "https://",
            "https://a b",
            "javascript:alert(1)",
            "",
            "https://exa..mple.org",
        ] {
            assert!(read_url(url).is_err(), "{url}");
        }
    }
}
