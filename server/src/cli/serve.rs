//! `portal serve`

use std::{process::ExitCode, sync::Arc, time::Duration};

use super::{Failure, demo::fill};
use app::ports::Site;
use axum::serve::ListenerExt;
use rust_embed::RustEmbed;
use server::{
    alerts::Alerter,
    cameras::keep_cameras,
    cases::keep_cases,
    config::{ServeArgs, read_site},
    demo,
    desk::keep_time,
    evidence::keep_evidence,
    front::Front,
    house::House,
    http::{self, Web},
    index::{Follower, Standing},
    mail::{Worker, deliver},
    polls::keep_polls,
};
use tokio::{net::TcpListener, sync::watch};

/// How long open requests may take after the signal to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Waiting after the public log could not be sealed.
const SEAL_AGAIN: Duration = Duration::from_secs(5);

/// The built front, in the program when it is built for release, read from disk in development.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
struct BuiltFront;

/// Names what the front was built from: embedded, so that another front makes another program.
const _: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site.stamp"));

pub async fn run(args: ServeArgs) -> Result<ExitCode, Failure> {
    // the port first: a second server on it must not touch anything
    let listener = TcpListener::bind(args.listen).await?;
    let (post, from, said) = args.mail.open(&args.data.data)?;
    let house = House::open(&args.data).await?;
    eprintln!("portal: {said}");
    let mut identity = read_site(&args.data.data)?;
    if args.demo {
        if house.db.is_empty().await? {
            eprintln!("portal: filling the empty data folder with demonstration content");
            fill(&house).await?;
        }
        if house.db.has_demo().await? {
            demo_identity(&mut identity);
        }
    }
    if identity.base_url.is_empty() {
        identity.base_url = format!("http://{}", listener.local_addr()?);
    }
    let (stop, stopped) = watch::channel(false);
    let (tell, standing) = watch::channel(first_standing(&house).await?);
    let site = watch_site(identity, &house, standing.clone()).await?;
    let web = Web::new(&house, site, standing, Front::load::<BuiltFront>())?;
    let follower = tokio::spawn(Follower::new(house.db.clone(), Arc::clone(&house.index)).run(tell, stopped.clone()));
    let time = tokio::spawn(keep_time(web.desk.clone(), stopped.clone()));
    web.evidence.sweep().await?;
    let keeper = tokio::spawn(keep_evidence(web.evidence.clone(), stopped.clone()));
    let dates = tokio::spawn(keep_cases(web.cases.clone(), stopped.clone()));
    let alerter = tokio::spawn(Alerter::new(house.clone(), web.site.clone()).run(stopped.clone()));
    let votes = tokio::spawn(keep_polls(web.polls.clone(), stopped.clone()));
    let cameras = tokio::spawn(keep_cameras(web.cameras.clone(), stopped.clone()));
    let sealer = tokio::spawn(keep_sealed(house.clone(), web.standing.clone(), stopped.clone()));
    let worker = Worker { db: house.db.clone(), outbox: house.mail.clone(), clock: house.clock.clone(), from, post };
    let letters = tokio::spawn(deliver(worker, stopped.clone()));
    let address = listener.local_addr()?;
    println!("portal: http://{address}");
    // without TCP_NODELAY each streamed page waits 40 ms for the client's acknowledgement
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "no TCP_NODELAY");
        }
    });
    let serving = axum::serve(listener, http::WithAddress(http::site(&web))).with_graceful_shutdown(signal());
    let mut cut = stopped.clone();
    tokio::select! {
        served = serving.into_future() => served?,
        () = async { signal().await; tokio::time::sleep(GRACE).await } => tracing::warn!("requests cut off"),
        _ = cut.wait_for(|stop| *stop) => {}
    }
    stop.send_replace(true);
    follower.await?;
    time.await?;
    sealer.await?;
    letters.await?;
    keeper.await?;
    dates.await?;
    alerter.await?;
    votes.await?;
    cameras.await?;
    house.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn first_standing(house: &House) -> Result<Standing, Failure> {
    let index = house.index.get().position()?;
    Ok(Standing { feed: house.db.feed_position().await?, index })
}

/// What the administrator left out is the fictional city's while demonstration content is loaded.
fn demo_identity(site: &mut Site) {
    if site.bureau.is_empty() {
        demo::CITY.bureau.clone_into(&mut site.bureau);
    }
    if site.name.is_empty() {
        site.name = format!("{}食品安全信息公开", demo::CITY.name);
    }
}

/// The site's identity; looks again for demonstration content whenever the feed moves.
async fn watch_site(
    identity: Site,
    house: &House,
    mut standing: watch::Receiver<Standing>,
) -> Result<watch::Receiver<Arc<Site>>, Failure> {
    let with = |demo| Arc::new(Site { demo, ..identity.clone() });
    let (tell, site) = watch::channel(with(house.db.has_demo().await?));
    let (identity, db) = (identity.clone(), house.db.clone());
    tokio::spawn(async move {
        while standing.changed().await.is_ok() {
            match db.has_demo().await {
                Ok(demo) => {
                    tell.send_if_modified(|site| {
                        let changed = site.demo != demo;
                        if changed {
                            *site = Arc::new(Site { demo, ..identity.clone() });
                        }
                        changed
                    });
                }
                Err(error) => tracing::warn!(%error, "demonstration content can't be looked for"),
            }
        }
    });
    Ok(site)
}

/// Seals the public log at the start and whenever the feed moves.
async fn keep_sealed(house: House, mut standing: watch::Receiver<Standing>, mut stop: watch::Receiver<bool>) {
    loop {
        let sealed = house.seal().await;
        if let Err(error) = &sealed {
            tracing::error!(%error, "the public log can't be sealed");
        }
        let again = async {
            if sealed.is_err() {
                tokio::time::sleep(SEAL_AGAIN).await;
            } else if standing.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = again => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Waits for the signal to stop.
pub async fn signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let Ok(mut terminate) = terminate else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupt.await;
    }
}
