//! Rebuilds when a migration changes (they are embedded). The built front is embedded by the program: see `cli::serve`.
fn main() {
    println!("cargo:rerun-if-changed=migrations");
    // before the front is built there is nothing to embed, but folder and stamp must be there
    let stamp = std::path::Path::new("../target/site.stamp");
    let made = std::fs::create_dir_all("../target/site/pkg");
    if let Err(error) = made.and_then(|()| if stamp.exists() { Ok(()) } else { std::fs::write(stamp, "") }) {
        println!("cargo:warning=target/site can't be made: {error}");
    }
}
