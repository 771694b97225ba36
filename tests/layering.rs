//! The order of rooms: the library never knows a terminal, a room uses only those above it in the
//! table of ARCHITECTURE.md, and no two files use each other, directly or round. What is compiled
//! for tests alone does not count.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, without: Option<&str>, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let named = |name: &str| path.file_name().is_some_and(|file| file == name);
        if path.is_dir() && !without.is_some_and(named) {
            rust_files(&path, None, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn library_files() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    rust_files(&root().join("src"), Some("bin"), &mut found);
    found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn the_library_knows_no_terminal() {
    let files = library_files();
    assert!(files.len() > 10, "the library was not found");
    for (path, text) in files {
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for word in ["ratatui", "crossterm", "println!", "print!(", "eprintln!", "std::process"] {
            assert!(!code.contains(word), "{} names {word}", path.display());
        }
    }
}

/// Where the program writes: reports, whose types let no raw text through, and files that are for
/// their owner alone; a worker answers into its pipe, and `:set` writes the user's settings.
const WRITERS: [&str; 5] =
    ["ui/export_file.rs", "tui/clipboard.rs", "log.rs", "worker.rs", "wenmai/settings.rs"];

#[test]
fn only_a_few_files_of_the_program_write() {
    let mut files = Vec::new();
    rust_files(&root().join("src/bin"), None, &mut files);
    assert!(files.len() > 50, "the program was not found");
    for path in files.iter().filter(|path| !WRITERS.iter().any(|writer| path.ends_with(writer))) {
        let text = std::fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for word in ["fs::write(", "File::create(", "println!(", "print!(", "io::stdout().lock("] {
            let own = word == "println!(" && path.ends_with("tui/soak.rs");
            let found = code.replace("eprintln!(", "").contains(word);
            assert!(own || !found, "{} writes by {word}", path.display());
        }
    }
}

#[test]
fn every_file_opens_with_what_its_noun_is() {
    for (path, text) in library_files() {
        assert!(text.starts_with("//!"), "{} does not say what it is", path.display());
    }
}

/// A module by its names from the crate's root; the root itself is empty.
type Module = Vec<String>;

/// A crate of the package: its files, by their modules.
struct Source {
    /// The folder of its modules, from the root of the package.
    folder: &'static str,
    files: BTreeMap<Module, syn::File>,
}

impl Source {
    fn read(folder: &'static str, root_file: &str, without: Option<&str>) -> Self {
        let base = root().join(folder);
        let mut paths = Vec::new();
        rust_files(&base, without, &mut paths);
        let mut files = BTreeMap::new();
        for path in paths {
            let text = std::fs::read_to_string(&path).unwrap();
            let file = syn::parse_file(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let inner = path.strip_prefix(&base).unwrap().with_extension("");
            let names = inner.iter().map(|name| name.to_str().unwrap().to_owned());
            let module: Module = names.collect();
            let module = if module == [root_file] { Module::new() } else { module };
            files.insert(module, file);
        }
        Self { folder, files }
    }

    fn library() -> Self {
        Self::read("src", "lib", Some("bin"))
    }

    fn binary() -> Self {
        Self::read("src/bin/wenmai", "main", None)
    }

    /// The modules that are compiled for tests alone.
    fn of_tests(&self) -> BTreeSet<Module> {
        let mut found = BTreeSet::new();
        for (module, file) in &self.files {
            for item in &file.items {
                if let syn::Item::Mod(child) = item
                    && is_for_tests(&child.attrs)
                {
                    found.insert([module.as_slice(), &[child.ident.to_string()]].concat());
                }
            }
        }
        found
    }

    /// Of each file those that it uses.
    fn uses(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let tests = self.of_tests();
        let is_tested = |module: &Module| tests.iter().any(|test| module.starts_with(test));
        let of_file = |(module, file): (&Module, &syn::File)| {
            let mut names = Names::default();
            names.visit_file(file);
            let used = names.found.iter().filter_map(|name| self.resolve(module, name));
            let used = used.filter(|used| used != module && !is_tested(used));
            (module.clone(), used.collect())
        };
        self.files.iter().filter(|(module, _)| !is_tested(module)).map(of_file).collect()
    }

    /// The file in which `name`, written in `module`, is.
    fn resolve(&self, module: &[String], name: &[String]) -> Option<Module> {
        let (first, mut rest) = name.split_first()?;
        let mut from = module.to_vec();
        match first.as_str() {
            "crate" => from.clear(),
            "self" => {}
            "super" => {
                from.pop();
                while let Some(("super", more)) = rest.split_first().map(|(a, b)| (a.as_str(), b)) {
                    from.pop();
                    rest = more;
                }
            }
            child => {
                let child = [module, &[child.to_owned()]].concat();
                if !self.files.contains_key(&child) {
                    return None;
                }
                rest = name;
            }
        }
        for name in rest {
            from.push(name.clone());
            if !self.files.contains_key(&from) {
                from.pop();
                break;
            }
        }
        Some(from)
    }

    fn name(&self, module: &[String]) -> String {
        let root = if self.folder == "src" { "lib" } else { "main" };
        let module = if module.is_empty() { root.to_owned() } else { module.join("/") };
        format!("{}/{module}.rs", self.folder)
    }
}

/// True for `#[cfg(test)]` and the like.
fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let is_test = |meta: &syn::MetaList| meta.tokens.to_string().contains("test");
        attribute.path().is_ident("test")
            || (attribute.path().is_ident("cfg")
                && attribute.meta.require_list().is_ok_and(is_test))
    })
}

/// The names that a file takes from others: its `use` lines, and paths from the crate's root. A name
/// that is only handed on (`pub use child::Name`) is not used.
#[derive(Default)]
struct Names {
    found: Vec<Vec<String>>,
}

impl Names {
    fn push_tree(&mut self, tree: &syn::UseTree, before: &[String]) {
        match tree {
            syn::UseTree::Path(path) => {
                self.push_tree(&path.tree, &[before, &[path.ident.to_string()]].concat());
            }
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.push_tree(item, before));
            }
            syn::UseTree::Name(name) => {
                self.found.push([before, &[name.ident.to_string()]].concat());
            }
            syn::UseTree::Rename(name) => {
                self.found.push([before, &[name.ident.to_string()]].concat());
            }
            syn::UseTree::Glob(_) => self.found.push(before.to_vec()),
        }
    }
}

impl<'a> Visit<'a> for Names {
    fn visit_item(&mut self, item: &'a syn::Item) {
        let attributes = match item {
            syn::Item::Mod(of) => &of.attrs,
            syn::Item::Fn(of) => &of.attrs,
            syn::Item::Impl(of) => &of.attrs,
            syn::Item::Use(of) => &of.attrs,
            syn::Item::Const(of) => &of.attrs,
            _ => &Vec::new(),
        };
        if !is_for_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        if matches!(item.vis, syn::Visibility::Inherited) {
            self.push_tree(&item.tree, &[]);
        }
    }

    /// `pub(crate)` and `pub(super)` use nothing.
    fn visit_visibility(&mut self, _visibility: &'a syn::Visibility) {}

    fn visit_path(&mut self, path: &'a syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        if names.first().is_some_and(|first| first == "crate" || first == "super") {
            self.found.push(names);
        }
        visit::visit_path(self, path);
    }
}

/// Files that can be reached from each other, each such circle sorted.
fn circles(uses: &BTreeMap<Module, BTreeSet<Module>>) -> BTreeSet<Vec<Module>> {
    let reached = |start: &Module| {
        let mut seen = BTreeSet::new();
        let mut open = vec![start.clone()];
        while let Some(module) = open.pop() {
            for used in uses.get(&module).into_iter().flatten() {
                if seen.insert(used.clone()) {
                    open.push(used.clone());
                }
            }
        }
        seen
    };
    let all: BTreeMap<&Module, BTreeSet<Module>> =
        uses.keys().map(|module| (module, reached(module))).collect();
    let circle = |module: &Module| -> Vec<Module> {
        let back =
            |other: &&Module| all.get(*other).is_some_and(|reached| reached.contains(module));
        all.get(module).into_iter().flatten().filter(back).cloned().collect()
    };
    uses.keys().map(circle).filter(|circle| circle.len() > 1).collect()
}

/// The circles of files of `source`, by their names.
fn circles_of(source: &Source) -> Vec<Vec<String>> {
    let name = |circle: &Vec<Module>| circle.iter().map(|module| source.name(module)).collect();
    circles(&source.uses()).iter().map(name).collect()
}

#[test]
fn no_two_files_of_the_binary_use_each_other() {
    let source = Source::binary();
    assert!(source.files.len() > 60, "the binary was not found");
    assert_eq!(circles_of(&source), Vec::<Vec<String>>::new());
}

#[test]
fn no_two_files_of_the_library_use_each_other() {
    let source = Source::library();
    assert_eq!(circles_of(&source), Vec::<Vec<String>>::new());
}

/// The rooms in the order of the table in ARCHITECTURE.md: those of the library, and of the binary.
fn rooms() -> [Vec<String>; 2] {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let table = text.split("| room |").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let (binary, library) = names.partition::<Vec<&str>, _>(|name| name.starts_with("bin/wenmai/"));
    let owned = |names: Vec<&str>| names.iter().map(|n| n.replace("bin/wenmai/", "")).collect();
    [owned(library), owned(binary)]
}

#[test]
fn a_room_uses_only_those_above_it() {
    let [library, binary] = rooms();
    assert!(library.len() > 10 && binary.len() > 4, "the table of rooms was not found");
    for (source, rooms) in [(Source::library(), library), (Source::binary(), binary)] {
        let place = |module: &[String]| {
            let room = module.first()?;
            let place = rooms.iter().position(|name| name == room);
            Some(place.unwrap_or_else(|| panic!("ARCHITECTURE.md does not name the room {room}")))
        };
        for (module, used) in source.uses() {
            for other in used {
                // The root of a crate holds everything.
                let Some((here, there)) = place(&module).zip(place(&other)) else { continue };
                let (from, to) = (source.name(&module), source.name(&other));
                assert!(there <= here, "{from} uses {to}, a room below its own");
            }
        }
    }
}
