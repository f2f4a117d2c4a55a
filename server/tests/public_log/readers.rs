//! The log as any client of C2SP tlog-tiles reads it: written from the specification, sharing no code with the portal but
//! the hashing of its crates.

use std::collections::BTreeMap;

use signed_note::{Note, StandardVerifier, VerifierList};
use tlog_tiles::{
    Checkpoint, Error, HashReader, Tile, TileHashReader, TileReader, check_record, check_tree, prove_record,
    prove_tree, record_hash, stored_hash_index, tree_hash,
};

use crate::{Stage, served::serve};

/// Answers of a log: status, headers, body.
struct Client(String, ureq::Agent);

impl Client {
    fn get(&self, path: &str) -> (u16, BTreeMap<String, String>, Vec<u8>) {
        let mut answer = self.1.get(format!("{}/{path}", self.0)).call().unwrap();
        let text = |value: &ureq::http::HeaderValue| value.to_str().unwrap().to_owned();
        let headers = answer.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        (answer.status().as_u16(), headers, answer.body_mut().read_to_vec().unwrap())
    }

    fn head(&self, vkey: &str) -> Checkpoint {
        let (status, headers, body) = self.get("checkpoint");
        assert_eq!((status, headers["content-type"].as_str()), (200, "text/plain; charset=utf-8"));
        assert_eq!(headers["cache-control"], "public, no-cache");
        assert_eq!(headers["access-control-allow-origin"], "*");
        let note = Note::from_bytes(&body).unwrap();
        let known = VerifierList::new(vec![Box::new(StandardVerifier::new(vkey).unwrap())]);
        assert_eq!(note.verify(&known).unwrap().0.len(), 1);
        Checkpoint::from_bytes(note.text()).unwrap()
    }

    /// The specification's path of a tile, from the crate's path, which is that of the older Go checksum database.
    fn tile(&self, tile: &Tile) -> Vec<u8> {
        let path = tile.path().replacen("tile/8/", "tile/", 1);
        let (status, headers, body) = self.get(&path);
        assert_eq!((status, headers["content-type"].as_str()), (200, "application/octet-stream"), "{path}");
        assert!(headers["cache-control"].contains("immutable"));
        body
    }
}

impl TileReader for Client {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, Error> {
        Ok(tiles.iter().map(|tile| self.tile(tile)).collect())
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_written_from_the_specification_reads_the_log() {
    let stage = Stage::set().await;
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let client = Client(format!("{}/log", serve(&stage).await), agent);
    let vkey = std::fs::read_to_string(stage.log.folder().join("keys")).unwrap().trim().to_owned();
    stage.grow_to(700).await;
    let first = tokio::task::block_in_place(|| client.head(&vkey));
    stage.grow_to(70_000).await;
    tokio::task::block_in_place(|| read_everything(&client, &vkey, &first));
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_and_proofs_are_packed_for_who_can_read_it() {
    let stage = Stage::set().await;
    let id = stage.publish(1, "大米").await;
    stage.grow_to(10_000).await;
    let address = serve(&stage).await;
    let get = |path: &str, accept: &str| {
        let agent: ureq::Agent = ureq::Agent::config_builder().build().into();
        let mut answer = agent.get(format!("{address}/log/{path}")).header("accept-encoding", accept).call().unwrap();
        let coding = answer.headers().get("content-encoding").map(|coding| coding.to_str().unwrap().to_owned());
        (coding, answer.body_mut().read_to_vec().unwrap())
    };
    tokio::task::block_in_place(|| {
        for path in [format!("proofs/{id}/1"), "tile/entries/000".into(), "tile/entries/039.p/16".into()] {
            let (coding, packed) = get(&path, "br, gzip");
            assert_eq!(coding.as_deref(), Some("gzip"), "{path}");
            let mut plain = Vec::new();
            std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&packed[..]), &mut plain).unwrap();
            assert_eq!(get(&path, "identity"), (None, plain.clone()));
            assert_eq!(get(&path, "gzip;q=0"), (None, plain.clone()));
            assert!(packed.len() < plain.len() && packed.len() < 20 << 10, "{path}: {}", packed.len());
        }
        assert_eq!(get("tile/0/000", "gzip").0, None);
    });
}

fn read_everything(client: &Client, vkey: &str, first: &Checkpoint) {
    let head = client.head(vkey);
    let (size, root) = (head.size(), *head.hash());
    assert_eq!((head.origin(), first.size(), size), ("example.cn/log", 700, 70_000));
    let hashes = TileHashReader::new(size, root, client);
    assert_eq!(tree_hash(size, &hashes).unwrap(), root);
    let proof = prove_tree(size, 700, &hashes).unwrap();
    check_tree(&proof, size, root, 700, *first.hash()).unwrap();

    // the specification's own example: which tiles 70,000 leaves have
    let there = |path: &str| client.get(path).0 == 200;
    for path in ["0/000", "0/272", "0/273.p/112", "1/000", "1/001.p/17", "2/000.p/1", "entries/273.p/112"] {
        assert!(there(&format!("tile/{path}")), "{path}");
    }
    for path in [
        "0/273",
        "0/274",
        "1/001",
        "2/000",
        "3/000.p/0",
        "0/0",
        "00/000",
        "0/x000/000",
        "0/273.p/0112",
        "",
        "0",
        "a/000",
    ] {
        assert!(!there(&format!("tile/{path}")), "{path}");
    }
    assert!(!there("tile/0/..%2f..%2f..%2flog.key") && !there("log.key") && !there("..%2flog.key"));

    // entries: length-prefixed, each hashing to its leaf, each proved
    for (number, width, path) in [(0, 256, "000"), (17, 256, "017"), (273, 112, "273.p/112")] {
        let (_, headers, bundle) = client.get(&format!("tile/entries/{path}"));
        assert_eq!(headers["content-type"], "application/octet-stream");
        let (mut rest, mut count) = (&bundle[..], 0);
        while let Some((length, after)) = rest.split_first_chunk::<2>() {
            let (entry, after) = after.split_at(usize::from(u16::from_be_bytes(*length)));
            let (place, hash) = (number * 256 + count, record_hash(entry));
            assert_eq!(hashes.read_hashes(&[stored_hash_index(0, place)]).unwrap(), [hash]);
            if count % 50 == 0 {
                let proof = prove_record(size, place, &hashes).unwrap();
                check_record(&proof, size, root, place, hash).unwrap();
            }
            (rest, count) = (after, count + 1);
        }
        assert_eq!((count, rest.len()), (width, 0));
    }
}
