//! How a finding says, for people, that a program can do what its help asks for.

use crate::diag::{Finding, Fix, Safety};

/// What stands behind the sentence that says what the fix does.
pub(super) const fn mark(fix: &Fix) -> &'static str {
    match fix.safety {
        Safety::Safe => "(`--fix` does it)",
        Safety::Unsafe => "(`--unsafe-fixes` does it)",
    }
}

/// Whether the help of a finding already says what its fix does.
pub(super) fn says(help: &str, title: &str) -> bool {
    let meant = help
        .strip_prefix("did you mean ")
        .and_then(|name| name.strip_suffix('?'));
    help == title || meant.is_some_and(|name| title.strip_prefix("write ") == Some(name))
}

/// How many of these findings `jalon check --fix` can answer, in one line; nothing if none.
#[must_use]
pub fn fixable(findings: &[Finding]) -> Option<String> {
    let count = |safety| {
        let fixes = findings.iter().filter_map(|f| f.diagnostic.fix.as_ref());
        fixes.filter(|fix| fix.safety == safety).count()
    };
    match (count(Safety::Safe), count(Safety::Unsafe)) {
        (0, 0) => None,
        (safe, 0) => Some(format!("to fix {safe} of them: jalon check --fix")),
        (0, chosen) => Some(format!(
            "to fix {chosen} of them: jalon check --fix --unsafe-fixes"
        )),
        (safe, chosen) => Some(format!(
            "to fix {safe} of them: jalon check --fix; with --unsafe-fixes, {chosen} more"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn a_help_that_says_it_is_not_repeated() {
        assert!(says("write `==`", "write `==`"));
        assert!(says("did you mean `wait`?", "write `wait`"));
        assert!(!says("did you mean `wait`?", "write `exit`"));
        assert!(!says("remove it, or write a plain space", "remove it"));
    }
}
