//! The table of MJML: its elements, where they may stand, and the attributes they know.
//!
//! The facts are those of the MJML 4 documentation. mrml takes any element and any attribute, and
//! drops what it does not know without a word; so what it is given is held to this table first.

/// What may stand between an element's tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// MJML elements only.
    Elements,
    /// Text and HTML.
    Html,
    /// Nothing.
    Nothing,
}

/// An element.
#[derive(Debug)]
pub struct Element {
    /// Its name.
    pub name: &'static str,
    /// The elements it may stand in.
    pub parents: &'static [&'static str],
    /// What may stand in it.
    pub content: Content,
    /// Its attributes, without those of [`EVERYWHERE`]; a name that ends in `*` stands for itself
    /// and its four sides.
    attributes: &'static str,
}

/// The attributes that every element of the body has.
const EVERYWHERE: [&str; 2] = ["css-class", "mj-class"];

const SIDES: [&str; 4] = ["-top", "-right", "-bottom", "-left"];

const COLUMN: &[&str] = &["mj-column", "mj-hero"];
const SECTIONS: &[&str] = &["mj-body", "mj-wrapper"];
const HEAD: &[&str] = &["mj-head"];

const fn element(
    name: &'static str,
    parents: &'static [&'static str],
    content: Content,
    attributes: &'static str,
) -> Element {
    Element {
        name,
        parents,
        content,
        attributes,
    }
}

/// The elements of MJML that Jalon does not take, and why.
pub fn refused(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "mj-include" => Some((
            "a template is one file",
            "write the elements here, so that a review shows all of them",
        )),
        "mj-html-attributes" | "mj-selector" | "mj-html-attribute" => Some((
            "it changes attributes elsewhere in the file",
            "write the attributes on the elements themselves",
        )),
        _ => None,
    }
}

/// Every element.
pub const ELEMENTS: &[Element] = &[
    element("mjml", &[], Content::Elements, "owa lang dir"),
    element("mj-head", &["mjml"], Content::Elements, ""),
    element(
        "mj-body",
        &["mjml"],
        Content::Elements,
        "background-color width id",
    ),
    // The head.
    element("mj-attributes", HEAD, Content::Elements, ""),
    element("mj-all", &["mj-attributes"], Content::Nothing, ""),
    element("mj-class", &["mj-attributes"], Content::Elements, "name"),
    element("mj-breakpoint", HEAD, Content::Nothing, "width"),
    element("mj-font", HEAD, Content::Nothing, "name href"),
    element("mj-preview", HEAD, Content::Html, ""),
    element("mj-style", HEAD, Content::Html, "inline"),
    element("mj-title", HEAD, Content::Html, ""),
    // The layout.
    element(
        "mj-wrapper",
        &["mj-body"],
        Content::Elements,
        "background-color background-position background-position-x background-position-y \
         background-repeat background-size background-url border* border-radius direction \
         full-width gap padding* text-align text-padding",
    ),
    element(
        "mj-section",
        SECTIONS,
        Content::Elements,
        "background-color background-position background-position-x background-position-y \
         background-repeat background-size background-url border* border-radius direction \
         full-width padding* text-align text-padding",
    ),
    element(
        "mj-group",
        &["mj-section"],
        Content::Elements,
        "background-color direction vertical-align width",
    ),
    element(
        "mj-column",
        &["mj-section", "mj-group"],
        Content::Elements,
        "background-color border* border-radius direction inner-background-color inner-border* \
         inner-border-radius padding* vertical-align width",
    ),
    element(
        "mj-hero",
        SECTIONS,
        Content::Elements,
        "align background-color background-height background-position background-url \
         background-width border-radius container-background-color height inner-background-color \
         inner-padding* mode padding* vertical-align width",
    ),
    // What stands in a column.
    element(
        "mj-text",
        COLUMN,
        Content::Html,
        "align background-color color container-background-color font-family font-size font-style \
         font-weight height letter-spacing line-height padding* text-decoration text-transform \
         vertical-align",
    ),
    element(
        "mj-button",
        COLUMN,
        Content::Html,
        "align background-color border* border-radius color container-background-color \
         font-family font-size font-style font-weight height href inner-padding letter-spacing \
         line-height name padding* rel target text-align text-decoration text-transform title \
         vertical-align width",
    ),
    element(
        "mj-image",
        COLUMN,
        Content::Nothing,
        "align alt border* border-radius container-background-color fluid-on-mobile font-size \
         height href max-height name padding* rel sizes src srcset target title usemap width",
    ),
    element(
        "mj-divider",
        COLUMN,
        Content::Nothing,
        "align border-color border-style border-width container-background-color padding* width",
    ),
    element(
        "mj-spacer",
        COLUMN,
        Content::Nothing,
        "border* container-background-color height padding* vertical-align width",
    ),
    element(
        "mj-table",
        COLUMN,
        Content::Html,
        "align border cellpadding cellspacing color container-background-color font-family \
         font-size font-style font-weight line-height padding* role table-layout vertical-align \
         width",
    ),
    element(
        "mj-navbar",
        COLUMN,
        Content::Elements,
        "align base-url hamburger ico-align ico-close ico-color ico-font-family ico-font-size \
         ico-line-height ico-open ico-padding* ico-text-decoration ico-text-transform padding*",
    ),
    element(
        "mj-navbar-link",
        &["mj-navbar"],
        Content::Html,
        "color font-family font-size font-style font-weight href letter-spacing line-height name \
         padding* rel target text-decoration text-transform",
    ),
    element(
        "mj-social",
        COLUMN,
        Content::Elements,
        "align border-radius color container-background-color font-family font-size font-style \
         font-weight icon-height icon-padding icon-size inner-padding line-height mode padding* \
         table-layout text-decoration text-padding vertical-align",
    ),
    element(
        "mj-social-element",
        &["mj-social"],
        Content::Html,
        "align alt background-color border-radius color font-family font-size font-style \
         font-weight href icon-height icon-padding icon-position icon-size line-height name \
         padding* rel sizes src srcset target text-decoration text-padding title vertical-align",
    ),
    element(
        "mj-accordion",
        COLUMN,
        Content::Elements,
        "border container-background-color font-family icon-align icon-height icon-position \
         icon-unwrapped-alt icon-unwrapped-url icon-width icon-wrapped-alt icon-wrapped-url \
         padding*",
    ),
    element(
        "mj-accordion-element",
        &["mj-accordion"],
        Content::Elements,
        "background-color border font-family icon-align icon-height icon-position \
         icon-unwrapped-alt icon-unwrapped-url icon-width icon-wrapped-alt icon-wrapped-url",
    ),
    element(
        "mj-accordion-title",
        &["mj-accordion-element"],
        Content::Html,
        "background-color color font-family font-size font-weight padding*",
    ),
    element(
        "mj-accordion-text",
        &["mj-accordion-element"],
        Content::Html,
        "background-color color font-family font-size font-weight letter-spacing line-height \
         padding*",
    ),
    element(
        "mj-carousel",
        COLUMN,
        Content::Elements,
        "align background-color border-radius container-background-color icon-width left-icon \
         padding* right-icon tb-border tb-border-radius tb-hover-border-color \
         tb-selected-border-color tb-width thumbnails",
    ),
    element(
        "mj-carousel-image",
        &["mj-carousel"],
        Content::Nothing,
        "alt border-radius href rel src target tb-border tb-border-radius thumbnails-src title",
    ),
    element(
        "mj-raw",
        &[
            "mj-head",
            "mj-body",
            "mj-wrapper",
            "mj-section",
            "mj-group",
            "mj-column",
            "mj-hero",
        ],
        Content::Html,
        "position",
    ),
];

/// The attributes whose value may depend on the person: the others are needed for the layout,
/// which is computed once, in the plan.
const PERSONAL: [&str; 26] = [
    "align",
    "alt",
    "background",
    "background-color",
    "background-url",
    "bgcolor",
    "border-color",
    "color",
    "container-background-color",
    "css-class",
    "dir",
    "href",
    "icon-unwrapped-alt",
    "icon-unwrapped-url",
    "icon-wrapped-alt",
    "icon-wrapped-url",
    "id",
    "inner-background-color",
    "lang",
    "name",
    "rel",
    "src",
    "srcset",
    "target",
    "thumbnails-src",
    "title",
];

/// The element of this name.
pub fn find(name: &str) -> Option<&'static Element> {
    ELEMENTS.iter().find(|element| element.name == name)
}

/// Whether the value of an attribute may have Liquid in it.
pub fn may_vary(attribute: &str) -> bool {
    PERSONAL.contains(&attribute)
}

impl Element {
    /// Whether it stands in the head.
    pub fn in_head(&self) -> bool {
        self.parents == HEAD || matches!(self.name, "mj-head" | "mj-all" | "mj-class")
    }

    /// Every attribute it knows.
    pub fn attributes(&self) -> impl Iterator<Item = String> {
        let own = self.attributes.split_whitespace().flat_map(|name| {
            let base = name.trim_end_matches('*');
            let sides: &[&str] = if base == name { &[] } else { &SIDES };
            std::iter::once(base.to_owned())
                .chain(sides.iter().map(move |side| format!("{base}{side}")))
        });
        let everywhere: &[&str] = if self.in_head() || self.name == "mjml" {
            &[]
        } else {
            &EVERYWHERE
        };
        own.chain(everywhere.iter().map(|name| (*name).to_owned()))
    }

    /// Whether it knows an attribute; `mj-all` and `mj-class` take those of all elements.
    pub fn knows(&self, attribute: &str) -> bool {
        if matches!(self.name, "mj-all" | "mj-class") {
            return attribute == "name" && self.name == "mj-class"
                || ELEMENTS
                    .iter()
                    .filter(|element| !element.in_head())
                    .any(|element| element.attributes().any(|known| known == attribute));
        }
        self.attributes().any(|known| known == attribute)
    }

    /// Whether Liquid tags may stand between its elements: they are wrapped in `mj-raw`.
    pub fn takes_tags(&self) -> bool {
        self.name != "mj-head" && find("mj-raw").is_some_and(|raw| raw.parents.contains(&self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_exist_and_take_elements() {
        for element in ELEMENTS {
            for parent in element.parents {
                let parent = find(parent).unwrap();
                assert_eq!(parent.content, Content::Elements, "{}", parent.name);
            }
        }
    }

    #[test]
    fn sides_are_known() {
        let text = find("mj-text").unwrap();
        assert!(text.knows("padding-left"));
        assert!(text.knows("mj-class"));
        assert!(!text.knows("border-left"));
        assert!(find("mj-all").unwrap().knows("font-family"));
    }
}
