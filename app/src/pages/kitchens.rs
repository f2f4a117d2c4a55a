//! Live pictures: the list of places, one place with its cameras, the page before another site, and the desk's pages.

mod camera;
mod desk;
mod fields;
mod leaving;
mod list;
mod place;
mod strip;

pub use desk::{CameraPage, CamerasPage, NewCameraPage, Tried};
pub use leaving::LeavingPage;
pub use list::KitchensPage;
pub use place::KitchenPage;
