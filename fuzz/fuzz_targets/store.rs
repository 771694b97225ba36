//! A file in the place of a store, whatever it holds, is opened or refused as damaged, and made
//! anew it keeps what it is given.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenmai::cache::AnnotationStore;

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    std::fs::write(&path, bytes).unwrap();
    let Ok((store, _)) = AnnotationStore::open_or_renew(&path) else { return };
    if store.keep(&[("name", b"value")]).is_ok() {
        assert_eq!(store.kept("name").ok().flatten().as_deref(), Some(&b"value"[..]));
    }
});
