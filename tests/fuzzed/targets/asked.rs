//! What `jalon list` and `jalon show` say of a project, right or wrong.

use jalon::inventory::{Detail, Inventory, Item, Kind, json, overview, text};
use jalon::pipeline::Checked;
use serde_json::Value;

/// Asks for everything: each thing that is listed can be shown by its name.
pub fn ask(checked: &Checked) {
    let project = &checked.project;
    let inventory = Inventory::new(&checked.model, &project.sources);
    let mut any = false;
    for kind in Kind::LISTED {
        let names = inventory.names(*kind);
        let items = inventory.list(*kind);
        assert_eq!(items.len(), names.len());
        any |= !names.is_empty();
        says(&items, Detail::List);
        for name in names {
            match inventory.show(name) {
                Ok(item) => says(&[item], Detail::Show),
                Err(unknown) => panic!(
                    "`{name}` is listed and cannot be shown: {}",
                    unknown.message
                ),
            }
        }
    }
    assert_eq!(overview(&inventory, 80).is_empty(), !any);
}

fn says(items: &[Item], detail: Detail) {
    for width in [1, 80] {
        let said = text(items, detail, width);
        assert_eq!(said.is_empty(), items.is_empty());
    }
    let document: Value = serde_json::from_str(&json(items.to_vec()).unwrap()).unwrap();
    assert_eq!(document["items"].as_array().unwrap().len(), items.len());
}
