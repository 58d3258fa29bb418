//! A template file that is not there, and which of the files on the disk was meant.

use crate::diag::codes::template::MISSING_TEMPLATE;
use crate::diag::{Diagnostic, nearest};
use crate::model::body::Body;
use crate::standards;
use crate::syntax::ast;

/// Reports a name behind `file` that no file of the templates' folder has.
pub(super) fn missing_template(body: &mut Body<'_, '_>, name: &ast::Text) {
    let input = body.cx.input;
    let folder = input.manifest.templates.as_ref();
    let folder = folder.map_or("templates", |folder| folder.value.as_str());
    let help = match meant(&name.value, input.template_names) {
        Some(file) => format!("did you mean `{file}`?"),
        None => format!("create `{folder}/{}`, or correct the name", name.value),
    };
    let diagnostic = Diagnostic::new(
        &MISSING_TEMPLATE,
        body.place(name.span),
        format!("there is no template file `{}` in `{folder}`", name.value),
    )
    .help(help);
    body.report(diagnostic);
}

/// The file that was meant by a name: one in the same language, if the name says one. Nearest of all is
/// the same file in another folder; then a name that is written alike; then the same name with
/// another ending.
fn meant<'n>(name: &str, names: &'n [String]) -> Option<&'n str> {
    let language = language_of(name);
    let same_language: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|other| language_of(other) == language)
        .collect();
    let find = |same: &dyn Fn(&str) -> bool| same_language.iter().copied().find(|file| same(file));
    find(&|file| file_name(file).eq_ignore_ascii_case(file_name(name)))
        .or_else(|| nearest(name, same_language.iter().copied()))
        .or_else(|| find(&|file| stem(file).eq_ignore_ascii_case(stem(name))))
}

/// The language that a name says between two signs: `fr` of `welcome.fr.mjml` and of `fr/welcome.mjml`.
fn language_of(name: &str) -> Option<&str> {
    let parts = stem(name).split(['.', '/', '_', '-']);
    let mut codes = parts.filter(|part| part.len() == 2 && standards::is_language(part));
    codes.next_back()
}

/// The name without its folders.
fn file_name(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, file)| file)
}

/// The name without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn the_language_of_the_name_is_kept() {
        let names = [
            "cart.en.mjml",
            "cart.fr.mjml",
            "cart.fr.txt",
            "letters/hello.mjml",
        ];
        let names = names.map(str::to_owned);
        assert_eq!(meant("crat.fr.mjml", &names), Some("cart.fr.mjml"));
        assert_eq!(meant("cart.fr.text", &names), Some("cart.fr.txt"));
        assert_eq!(meant("cart.fr.html", &names), Some("cart.fr.mjml"));
        assert_eq!(meant("cart.de.mjml", &names), None);
        assert_eq!(meant("hello.mjml", &names), Some("letters/hello.mjml"));
        assert_eq!(meant("Cart.FR.mjml", &names), None);
    }
}
