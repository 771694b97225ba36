//! A file in the place of a cache, whatever it holds, is opened or refused as damaged, and rebuilt it
//! keeps what it is given.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenmai::cache::Cache;

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    std::fs::write(&path, bytes).unwrap();
    let Ok((store, _)) = Cache::open_or_rebuild(&path) else { return };
    if store.set_values(&[("name", b"value")]).is_ok() {
        assert_eq!(store.value("name").ok().flatten().as_deref(), Some(&b"value"[..]));
    }
});
