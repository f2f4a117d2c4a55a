//! The ground of maps: districts that the bureau gives in `districts.geojson`, and tiles of `portal.toml`.

use std::{path::Path, sync::Arc};

use app::{domain::district_map::DistrictMap, ports::MapGround};

use crate::{config::MapSettings, demo, desk::LawError};

/// Name of the file in the data folder.
pub const FILE: &str = "districts.geojson";

/// What maps of a portal are made of.
#[derive(Clone)]
pub struct Ground {
    own: Arc<MapGround>,
    demo: Arc<MapGround>,
}

impl Ground {
    /// Reads the districts of a data folder.
    ///
    /// # Errors
    /// A file that can't be read or used, with the reason.
    pub fn read(data: &Path, settings: &MapSettings) -> Result<Self, LawError> {
        let path = data.join(FILE);
        let districts = match std::fs::read_to_string(&path) {
            Ok(text) => {
                let map = DistrictMap::parse(&text).map_err(|fault| LawError::Content(path, fault.to_string()))?;
                Some(Arc::new(map))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(LawError::File(path, error)),
        };
        let with = |districts| {
            Arc::new(MapGround {
                districts,
                tiles: settings.tiles.clone(),
                attribution: settings.attribution.clone(),
                max_zoom: settings.max_zoom,
            })
        };
        let fictional = districts.clone().unwrap_or_else(|| Arc::new(demo::districts().clone()));
        Ok(Self { own: with(districts), demo: with(Some(fictional)) })
    }

    /// While demonstration content is loaded, a portal without districts shows those of the fictional city.
    #[must_use]
    pub fn of(&self, demo: bool) -> Arc<MapGround> {
        Arc::clone(if demo { &self.demo } else { &self.own })
    }
}
