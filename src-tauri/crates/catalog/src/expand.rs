//! Method classes that hold other classes: `@read` in a class stands for every method of the class `read`.

use std::collections::{BTreeMap, BTreeSet};

/// Every method of a class, `@` resolved, sorted, each once. Unknown and circular references add nothing; the checks
/// report them.
pub(crate) fn methods(classes: &BTreeMap<String, Vec<String>>, class: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![class];
    while let Some(name) = open.pop() {
        if !seen.insert(name) {
            continue;
        }
        for method in classes.get(name).into_iter().flatten() {
            match method.strip_prefix('@') {
                Some(other) => open.push(other),
                None => {
                    found.insert(method.clone());
                }
            }
        }
    }
    found
}

/// All classes written out.
pub(crate) fn all(classes: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<String>> {
    classes
        .keys()
        .map(|class| (class.clone(), methods(classes, class).into_iter().collect()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn a_class_holds_what_the_classes_it_names_hold() {
        let classes = [
            ("read", vec!["b", "a"]),
            ("wallet", vec!["@read", "c"]),
            ("tools", vec!["@wallet", "a"]),
        ];
        let classes = classes
            .map(|(name, list)| (name.to_owned(), list.into_iter().map(str::to_owned).collect()))
            .into();
        assert_eq!(all(&classes)["tools"], ["a", "b", "c"]);
    }

    #[test]
    fn a_circle_ends() {
        let classes = [
            ("a", vec!["@b".to_owned()]),
            ("b", vec!["@a".to_owned(), "x".to_owned()]),
        ];
        let classes = classes.map(|(name, list)| (name.to_owned(), list)).into();
        assert_eq!(all(&classes)["a"], ["x"]);
    }
}
