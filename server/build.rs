//! Rebuilds when a migration or a file of the built front changes (both are embedded).
fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=../target/site");
    // before the front is built there is nothing to embed, but a folder must be there
    if let Err(error) = std::fs::create_dir_all("../target/site/pkg") {
        println!("cargo:warning=target/site can't be made: {error}");
    }
}
