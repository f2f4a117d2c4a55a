//! How the portal is served: router, cache, policies, pages, API, files.

mod address;
mod alerts;
pub mod api;
mod attachments;
mod cache;
pub mod desk;
mod disposition;
pub mod evidence;
mod feeds;
mod files;
mod follow;
pub mod form;
mod health;
mod intake;
mod kitchens;
mod limits;
mod log;
mod objections;
mod pages;
mod places;
mod policy;
mod polls;
mod private;
mod registers;
mod sitemap;
mod statics;
mod statistics;
pub mod witness;
mod xml;

use std::{convert::Infallible, path::PathBuf, sync::Arc};

use app::ports::{Desk, Directory, Finder, Notices, Places, Portal, Publications, Site};
use axum::{Router, extract::Request, middleware, response::Response};
use tokio::sync::watch;
use tower::Service;
use tower_http::catch_panic::CatchPanicLayer;

pub use address::WithAddress;
pub use cache::PageCache;
pub use policy::{CachePolicy, SecurityPolicy};

use crate::{
    alerts::AlertService,
    auth::Auth,
    cameras::{CameraService, Engine},
    casefile::CaseSigner,
    cases::{CaseDesk, CaseFigures, CaseService},
    config::MapSettings,
    desk::{DeskService, Law, LawError},
    evidence::Evidence,
    files::{Attachments, Files},
    front::Front,
    house::House,
    index::{IndexFinder, Standing},
    kitchens::ALLOW_SETTING,
    map::Ground,
    objections::ObjectionService,
    operators::OperatorService,
    paper::Papers,
    polls::PollService,
    registers::RegisterService,
    schools::SchoolService,
    store::{Db, hex},
};

/// All that the web part needs.
#[derive(Clone)]
pub struct Web {
    /// The database
    pub db: Db,
    /// Search
    pub finder: Arc<dyn Finder>,
    /// Search of places
    pub places: Arc<dyn Places>,
    /// School canteens
    pub schools: SchoolService,
    /// What maps are made of
    pub ground: Ground,
    /// Whose tiles they show
    pub map: MapSettings,
    /// Original files
    pub files: Files,
    /// Attachments
    pub attachments: Attachments,
    /// The desk
    pub desk: DeskService,
    /// Complaints and reports
    pub cases: CaseService,
    /// Signs cases that are taken away
    pub case_signer: Arc<CaseSigner>,
    /// What the public sees of them in numbers
    pub figures: CaseFigures,
    /// Registers
    pub registers: RegisterService,
    /// Papers of cases
    pub papers: Arc<Papers>,
    /// Requests for correction and replies
    pub objections: ObjectionService,
    /// Votes and surveys
    pub polls: PollService,
    /// Operators at the desk
    pub operators: OperatorService,
    /// Cameras and live pictures
    pub cameras: CameraService,
    /// Evidence files of cases
    pub evidence: Evidence,
    /// Whose site it is; moves when demonstration content comes or goes
    pub site: watch::Receiver<Arc<Site>>,
    /// How far feed and index are
    pub standing: watch::Receiver<Standing>,
    /// The built front
    pub front: Front,
    /// Folder of the public log
    pub log: PathBuf,
    /// Accounts of officers
    pub auth: Auth,
    /// Who follows what
    pub alerts: AlertService,
}

impl Web {
    /// The web part of a house.
    ///
    /// # Errors
    /// A file of the law that can't be used, or a folder that can't be made.
    pub fn new(
        house: &House,
        site: watch::Receiver<Arc<Site>>,
        standing: watch::Receiver<Standing>,
        front: Front,
    ) -> Result<Self, LawError> {
        let phones: Vec<String> = site.borrow().phone.iter().cloned().collect();
        let identity = Arc::clone(&site.borrow());
        let law = Law::read(&house.data)?;
        let finder = Arc::new(IndexFinder::new(Arc::clone(&house.index), standing.clone()));
        let registers = RegisterService::new(house.db.clone(), house.registers.clone(), house.clock.clone());
        let cameras = CameraService::new(house.clone(), &identity, engine(house)?);
        Ok(Self {
            alerts: AlertService::new(house.clone(), Arc::clone(&finder) as Arc<dyn Finder>),
            places: Arc::clone(&finder) as Arc<dyn Places>,
            finder,
            schools: SchoolService::new(house.db.clone(), registers.clone(), cameras.clone()),
            ground: Ground::read(&house.data, &house.map)?,
            map: house.map.clone(),
            db: house.db.clone(),
            files: house.files.clone(),
            attachments: house.attachments.clone(),
            cases: CaseService::new(house.clone(), &law, &identity),
            case_signer: Arc::new(
                CaseSigner::open(&house.data, &origin(&identity.base_url, house))
                    .map_err(|error| LawError::File(house.data.clone(), std::io::Error::other(error)))?,
            ),
            registers,
            figures: CaseFigures::new(house.db.clone(), house.clock.clone()),
            papers: Arc::new(
                Papers::open(&house.data, crate::config::font())
                    .map_err(|error| LawError::Content(house.data.join(crate::paper::FOLDER), error.to_string()))?,
            ),
            operators: OperatorService::new(house.clone()),
            objections: ObjectionService::new(house.clone(), &law, phones.clone()),
            polls: PollService::new(house.clone(), phones.clone()),
            cameras,
            evidence: Evidence::new(house.clone()).map_err(|error| LawError::File(house.data.clone(), error))?,
            desk: DeskService::new(house.clone(), law, phones),
            site,
            standing,
            front,
            log: house.log.folder().to_owned(),
            auth: house.auth.clone(),
        })
    }

    /// The ports as pages see them.
    fn portal(&self) -> Portal {
        let publications: Arc<dyn Publications> = Arc::new(self.db.clone());
        let notices: Arc<dyn Notices> = Arc::new(self.db.clone());
        let directory: Arc<dyn Directory> = Arc::new(self.db.clone());
        let desk: Arc<dyn Desk> = Arc::new(self.desk.clone());
        Portal {
            publications,
            notices,
            registers: Arc::new(self.registers.clone()),
            directory,
            desk,
            objections: Arc::new(self.objections.clone()),
            polls: Arc::new(self.polls.clone()),
            operators: Arc::new(self.operators.clone()),
            cases: Arc::new(self.cases.clone()),
            handling: Arc::new(self.case_desk()),
            figures: Arc::new(self.figures.clone()),
            kitchens: Arc::new(self.cameras.clone()),
            camera_desk: Arc::new(self.cameras.clone()),
            finder: Arc::clone(&self.finder),
            places: Arc::clone(&self.places),
            schools: Arc::new(self.schools.clone()),
            map: self.ground.of(self.site.borrow().demo),
            accounts: Arc::new(self.auth.clone()),
            audit: Arc::new(self.db.clone()),
            site: self.site.borrow().clone(),
            today: self.desk.today(),
        }
    }

    /// The handling of cases.
    fn case_desk(&self) -> CaseDesk {
        CaseDesk { cases: self.cases.clone(), evidence: self.evidence.clone() }
    }

    fn api(&self) -> api::ApiState {
        let portal = self.portal();
        api::ApiState {
            publications: portal.publications,
            notices: portal.notices,
            registers: portal.registers,
            directory: portal.directory,
            finder: portal.finder,
            places: portal.places,
            ground: self.ground.clone(),
            site: self.site.clone(),
            figures: portal.figures,
        }
    }
}

/// The engine of live pictures.
fn engine(house: &House) -> Result<Engine, LawError> {
    let opened = Engine::open(&house.auth.secrets, &house.kitchens);
    opened.map_err(|error| LawError::Content(house.data.clone(), format!("{ALLOW_SETTING}: {error}")))
}

/// Name under which a new key signs cases: the site's host, or one that no other has.
fn origin(base_url: &str, house: &House) -> String {
    match base_url.split_once("://") {
        Some((_, host)) if !host.is_empty() => host.to_owned(),
        _ => format!("portal-{}", &hex(&house.ids.salt())[..8]),
    }
}

/// The whole site.
pub fn site(
    web: &Web,
) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static {
    PageCache::new(routes(web), web.standing.clone())
}

/// All routes with their policies, without the page cache.
fn routes(web: &Web) -> Router {
    let assets = statics::assets(&web.front);
    let security = SecurityPolicy::public(&app::bootstrap_script(&assets));
    let kept = |router: Router, policy| router.layer(middleware::from_fn_with_state(policy, policy::cache_policy));
    Router::new()
        .merge(kept(pages::router(web, assets.clone()), CachePolicy::Page))
        .merge(kept(sitemap::router(web), CachePolicy::Page))
        .merge(kept(feeds::router(web), CachePolicy::Page))
        .merge(kept(places::router(web), CachePolicy::Page))
        .nest("/api/v1", kept(api::router(web.api()), CachePolicy::Page))
        .merge(kept(places::near_router(web), CachePolicy::Never))
        .merge(kept(files::router(web), CachePolicy::Revalidate))
        .merge(kept(attachments::router(web), CachePolicy::Revalidate))
        .merge(kept(statics::router(&web.front), CachePolicy::Revalidate))
        .nest("/log", kept(log::router(web), CachePolicy::Revalidate))
        .merge(kept(health::router(web), CachePolicy::Never))
        .merge(kept(objections::router(web, assets.clone()), CachePolicy::Never))
        .merge(kept(polls::router(web, assets.clone()), CachePolicy::Never))
        .merge(kept(intake::router(web, assets.clone()), CachePolicy::Never))
        .merge(kept(follow::router(web, assets.clone()), CachePolicy::Never))
        .merge(kept(alerts::router(web, assets.clone()), CachePolicy::Never))
        .merge(kept(evidence::router(web), CachePolicy::Never))
        .merge(kept(kitchens::router(web), CachePolicy::Never))
        .merge(kept(desk::router(web), CachePolicy::Never))
        .layer(middleware::from_fn(limits::time_and_length))
        .layer(CatchPanicLayer::custom(limits::after_panic))
        .layer(middleware::from_fn_with_state(security, policy::security_policy))
}
