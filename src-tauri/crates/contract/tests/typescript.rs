//! The interface's types never drift from the wire.

use std::path::Path;

/// Compares `ui/src/ipc/generated.ts` with what the contract makes; writes it with `UPDATE_TYPESCRIPT=1`.
#[test]
fn the_committed_typescript_is_the_one_that_the_contract_makes() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/ipc/generated.ts");
    let made = freehold_contract::typescript::generate();
    if std::env::var_os("UPDATE_TYPESCRIPT").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        #[expect(
            clippy::disallowed_methods,
            reason = "a generated source file; the next run repairs half a write"
        )]
        std::fs::write(&file, &made).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == made,
        "ui/src/ipc/generated.ts is stale: run this test with UPDATE_TYPESCRIPT=1"
    );
}
