//! Types and functions under the names that other languages and spreadsheets give them.

/// The type that a word of another language stands for.
#[must_use]
pub fn type_called(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "string" | "str" | "varchar" | "char" | "nvarchar" | "texte" | "uuid" | "id" => "text",
        "number" | "integer" | "bigint" | "smallint" | "long" | "entier" | "nombre" => "int",
        "float" | "double" | "real" | "numeric" => "decimal",
        "boolean" | "bit" | "booléen" | "yesno" => "bool",
        "datetime" | "timestamp" | "timestamptz" | "datetimetz" => "instant",
        "hour" | "timeofday" => "time",
        "interval" | "period" => "duration",
        "mail" | "emailaddress" | "email_address" | "courriel" => "email",
        "phonenumber" | "phone_number" | "tel" | "telephone" | "téléphone" | "mobile" => "phone",
        "link" | "uri" | "href" => "url",
        "currency" | "amount" | "price" | "montant" => "money(CAD)",
        "locale" | "lang" => "language",
        "tz" | "zone" | "time_zone" => "timezone",
        "percentage" | "pct" => "percent",
        _ => return None,
    })
}

/// What to do instead of calling a function of a spreadsheet, of SQL, of another language.
#[must_use]
pub fn function_called(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "if" | "iif" | "ifs" | "case" | "switch" | "si" => {
            "decide in the journey with the step `if`, or write a `segment` for each case"
        }
        "countif" | "countifs" | "nb" | "nb_si" | "count_if" => {
            "write `count(ROWS where CONDITION)`"
        }
        "sumif" | "sumifs" | "somme" | "somme_si" => "write `sum(FIELD of ROWS where CONDITION)`",
        "average" | "mean" | "averageif" | "moyenne" => "write `avg(FIELD of ROWS)`",
        "min" | "minimum" => "write `lowest(FIELD of ROWS)`, or `at_most(VALUE, HIGHEST)`",
        "max" | "maximum" => "write `highest(FIELD of ROWS)`, or `at_least(VALUE, LOWEST)`",
        "len" | "size" | "strlen" | "char_length" | "nbcar" => "write `length(TEXT)`",
        "exists" | "some" => "write `any(ROWS where CONDITION)`",
        "every" => "write `all(ROWS where CONDITION)`",
        "isblank" | "isempty" | "isnull" | "is_null" | "estvide" => "write `VALUE is unknown`",
        "isset" | "notnull" | "has" => "write `VALUE is known`",
        "ifnull" | "nvl" | "coalesce" | "ifempty" | "isnull_or" => "write `VALUE ?? DEFAULT`",
        "and" | "et" => "write `A and B`",
        "or" | "ou" => "write `A or B`",
        "not" | "non" => "write `not A`",
        "vlookup" | "lookup" | "xlookup" | "recherchev" | "index" => {
            "follow a relation of the profile, as in `last(member.RELATION by FIELD)?.FIELD`"
        }
        "getdate" | "current_date" | "date" | "aujourdhui" => "write `today()`",
        "current_timestamp" | "sysdate" | "maintenant" => "write `now()`",
        "datediff" | "datedif" | "dateadd" | "date_add" | "date_sub" | "days" => {
            "compare with a length of time, as in `DATE < 30 days ago`, or `in last 30 days` of rows"
        }
        "year" | "years" => "write `age(DATE)` for whole years until today",
        "concat" | "concatenate" | "join" => {
            "put the values side by side in the content of a message: `{{ a }} {{ b }}`"
        }
        "tolower" | "lowercase" | "minuscule" => "write `lower(TEXT)`",
        "toupper" | "uppercase" | "ucase" | "majuscule" => "write `upper(TEXT)`",
        "includes" | "like" | "in_str" | "instr" => "write `contains(TEXT, PART)`",
        "startswith" | "begins_with" | "left" => "write `starts_with(TEXT, START)`",
        "rand" | "random" | "alea" => "draw with the step `split { 50% a { } 50% b { } }`",
        _ => return None,
    })
}

/// The kind of purpose that a word of marketing or of a law stands for.
#[must_use]
pub fn purpose_called(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "transactional" | "transaction" | "operational" | "notification" | "receipt" => "service",
        "newsletter" | "promotional" | "promo" | "promotion" | "commercial" | "sales" => {
            "marketing"
        }
        "donation" | "appeal" | "giving" => "fundraising",
        "survey" | "feedback" | "study" | "nps" => "research",
        "ads" | "retargeting" | "lookalike" => "advertising",
        "analytics" | "measurement" | "statistics" => "tracking",
        "loyalty" | "lifecycle" | "account" => "relationship",
        _ => return None,
    })
}

/// The basis of a permit, or the regime, that a word stands for.
#[must_use]
pub fn policy_called(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "opt_in" | "optin" | "express" | "explicit" | "granted" => "consent",
        "doi" | "double_optin" | "confirmed" => "double_opt_in",
        "existing_customer" | "soft_optin" => "soft_opt_in",
        "implied" => "implied_business",
        "legitimate" | "interest" => "legitimate_interest",
        "gdpr" | "rgpd" | "eu" | "eprivacy" => "eu_base",
        "casl" | "lcap" | "canada" => "ca_casl",
        "law25" | "loi25" | "law_25" | "loi_25" | "quebec" => "ca_qc",
        "can_spam" | "canspam" | "us" | "tcpa" => "us_federal",
        "pecr" | "uk_gdpr" => "uk",
        "cnil" | "france" => "fr",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::functions;

    #[test]
    fn no_synonym_is_a_function_of_the_language() {
        for row in functions::FUNCTIONS {
            assert!(function_called(row.name).is_none(), "{}", row.name);
        }
        assert_eq!(type_called("String"), Some("text"));
    }
}
