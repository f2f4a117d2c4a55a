// The page of places: who is near, and the map that can be moved. Plain script; without it list and drawing say everything.
// The position of the reader goes to this site in the body of one request, and nowhere else: not into an address, and the
// map is not moved to it while tiles come from another site.

const panel = document.querySelector('[data-map]');
const settings = panel && JSON.parse(panel.dataset.map);
const words = settings && settings.words;
const byId = (id) => document.getElementById(id);
let map;
let library;
let points;
let around;

/** An element with attributes and children. */
const put = (name, attributes, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

/** JSON of this site. */
const json = async (address, init) => {
  const answer = await fetch(address, init);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

// the map

/** Loads a script that is no module, once. */
const load = (src) => new Promise((done, failed) => {
  const script = put('script', { src });
  script.addEventListener('load', done);
  script.addEventListener('error', () => failed(new Error(src)));
  document.head.append(script);
});

const color = (name) => {
  // custom properties hold light-dark(): an element resolves it
  const probe = put('span', { hidden: '' });
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
};

const style = (districts) => {
  const sources = {
    places: { type: 'geojson', data: points, cluster: true, clusterRadius: 44, clusterMaxZoom: 15 },
  };
  const layers = [{ id: 'ground', type: 'background', paint: { 'background-color': color('--sunken') } }];
  settings.tiles.forEach((template, number) => {
    sources[`tiles${number}`] = {
      type: 'raster', tiles: [template], tileSize: 256, maxzoom: settings.maxZoom,
      attribution: number === 0 ? settings.attribution : undefined,
    };
    layers.push({ id: `tiles${number}`, type: 'raster', source: `tiles${number}` });
  });
  if (districts) {
    sources.districts = { type: 'geojson', data: districts };
    if (!settings.tiles.length) {
      layers.push({ id: 'areas', type: 'fill', source: 'districts', paint: { 'fill-color': color('--surface') } });
    }
    layers.push({
      id: 'borders', type: 'line', source: 'districts', paint: { 'line-color': color('--ink-soft'), 'line-width': 1.5 },
    });
  }
  // circles stand below the buttons, which the keyboard reaches
  layers.push({
    id: 'places', type: 'circle', source: 'places',
    paint: { 'circle-radius': ['case', ['has', 'point_count'], 20, 7], 'circle-opacity': 0 },
  });
  return { version: 8, sources, layers };
};

/** South-west and north-east corner of coordinates. */
const boundsOf = (coordinates) => {
  const bounds = new library.LngLatBounds();
  coordinates.forEach((one) => bounds.extend(one));
  return bounds;
};

const flat = (geometry) => geometry.coordinates.flat(2);

/** Says in the list which place is meant. */
const markLine = (id) => {
  document.querySelectorAll('.place-line.is-here').forEach((line) => line.classList.remove('is-here'));
  const line = document.querySelector(`.place-line[data-id="${CSS.escape(id)}"]`);
  if (line) line.classList.add('is-here');
  return line;
};

let popup;
const openPlace = (coordinates, { id, name }) => {
  if (popup) popup.remove();
  const link = put('a', { href: `/operators/${id}` }, name);
  popup = new library.Popup({ closeButton: true, focusAfterOpen: true, maxWidth: '16rem' })
    .setLngLat(coordinates).setDOMContent(link).addTo(map);
  markLine(id);
};

const markers = new Map();
/** Buttons for what is in view: clusters with their number, and single places. */
const refresh = () => {
  if (!map.getSource('places') || !map.isSourceLoaded('places')) return;
  const wanted = new Map();
  for (const { properties, geometry } of map.querySourceFeatures('places')) {
    const key = properties.cluster ? `c${properties.cluster_id}` : `p${properties.id}`;
    if (map.getBounds().contains(geometry.coordinates)) wanted.set(key, { properties, at: geometry.coordinates });
  }
  for (const [key, marker] of markers) {
    if (!wanted.has(key)) {
      marker.remove();
      markers.delete(key);
    }
  }
  for (const [key, { properties, at }] of wanted) {
    if (markers.has(key)) continue;
    const many = properties.cluster ? String(properties.point_count) : '';
    const button = put('button', {
      type: 'button', class: many ? 'map-cluster' : 'map-place',
      'aria-label': many ? `${many} ${words.cluster}` : properties.name,
    }, many);
    button.addEventListener('click', async (event) => {
      event.stopPropagation();
      if (!many) return openPlace(at, properties);
      const zoom = await map.getSource('places').getClusterExpansionZoom(properties.cluster_id);
      map.easeTo({ center: at, zoom: Math.min(zoom + 0.3, 17) });
      return undefined;
    });
    const marker = new library.Marker({ element: button }).setLngLat(at).addTo(map);
    // the library gives its elements a role and a name of its own
    button.removeAttribute('role');
    button.setAttribute('aria-label', many ? `${many} ${words.cluster}` : properties.name);
    markers.set(key, marker);
  }
  panel.dataset.shown = String(markers.size);
};

const nameDistricts = (districts) => {
  if (!districts || settings.tiles.length) return;
  for (const { properties } of districts.features) {
    const name = put('span', { class: 'map-district', 'aria-hidden': 'true' }, properties.name);
    new library.Marker({ element: name }).setLngLat(properties.middle).addTo(map);
    name.removeAttribute('role');
    name.removeAttribute('aria-label');
    name.removeAttribute('tabindex');
  }
};

const openMap = async () => {
  const status = byId('map-status');
  const button = byId('map-button');
  button.disabled = true;
  status.textContent = words.loading;
  try {
    document.head.append(put('link', { rel: 'stylesheet', href: settings.style }));
    const [, found, districts] = await Promise.all([
      load(settings.script), json(settings.points), settings.districts ? json(settings.districts) : null,
    ]);
    library = window.maplibregl;
    library.setWorkerUrl(settings.worker);
    points = found;
    const box = byId('live-map');
    box.hidden = false;
    const shown = districts ? districts.features.flatMap(({ geometry }) => flat(geometry))
      : points.features.map(({ geometry }) => geometry.coordinates);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    map = new library.Map({
      container: box, style: style(districts), bounds: shown.length ? boundsOf(shown) : undefined,
      fitBoundsOptions: { padding: 20 }, maxZoom: 18, dragRotate: false, pitchWithRotate: false, fadeDuration: still ? 0 : 200,
      attributionControl: settings.tiles.length ? { compact: false } : false, cooperativeGestures: false,
      locale: { 'Map.Title': words.label, 'NavigationControl.ZoomIn': words.zoomIn, 'NavigationControl.ZoomOut': words.zoomOut, 'Popup.Close': words.close },
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new library.NavigationControl({ showCompass: false }));
    map.on('error', ({ error }) => console.warn(String(error && error.message)));
    await new Promise((done) => { map.once('load', done); });
    nameDistricts(districts);
    map.on('idle', refresh);
    map.on('moveend', refresh);
    refresh();
    byId('drawn').hidden = true;
    byId('map-open').classList.add('is-open');
    button.hidden = true;
    status.textContent = found.total > found.read ? words.part : '';
    map.getCanvas().focus();
    if (around) showAround();
  } catch (error) {
    console.warn(String(error));
    byId('live-map').hidden = true;
    status.textContent = words.failed;
    button.disabled = false;
  }
};

/** A place of the list on the map. */
const showLine = (line) => {
  if (!map || !line.dataset.at) return;
  const at = line.dataset.at.split(',').map(Number);
  map.easeTo({ center: at, zoom: Math.max(map.getZoom(), 14) });
  openPlace(at, { id: line.dataset.id, name: line.querySelector('a').textContent });
};

// who is near

const distance = (metres) => (metres < 1000 ? `${Math.round(metres / 10) * 10} ${words.m}` : `${(metres / 1000).toFixed(1)} ${words.km}`);
/** About 100 m: more is not needed, so more does not leave the device. */
const coarse = (degrees) => Math.round(degrees * 1000) / 1000;

const lineOf = (hit) => {
  const name = hit.name.map((piece) => piece.text).join('');
  const line = put('li', { class: 'card place-line', 'data-id': hit.id });
  if (hit.point) line.dataset.at = `${hit.point.lon_e6 / 1e6},${hit.point.lat_e6 / 1e6}`;
  const facts = [distance(hit.metres), hit.district, hit.address].filter(Boolean);
  line.append(
    put('h3', {}, put('a', { href: `/operators/${hit.id}` }, name)),
    put('p', { class: 'meta' }, ...facts.map((fact) => put('span', {}, fact))),
  );
  return line;
};

const showAround = () => {
  // with tiles the view would tell their owner where the reader is
  if (!map || settings.tiles.length || !around.length) return;
  map.fitBounds(boundsOf(around), { padding: 50, maxZoom: 15 });
};

const position = () => new Promise((done, failed) => {
  navigator.geolocation.getCurrentPosition(done, failed, { maximumAge: 300_000, timeout: 20_000 });
});

const askNear = async () => {
  const status = byId('near-status');
  status.textContent = words.asking;
  let coords;
  try {
    ({ coords } = await position());
  } catch {
    status.textContent = words.refused;
    return;
  }
  const filters = new URL(location.href).searchParams;
  const values = (name) => filters.getAll(name).filter(Boolean);
  try {
    const found = await json('/api/v1/places/near', {
      method: 'POST', headers: { 'content-type': 'application/json' }, cache: 'no-store', referrerPolicy: 'no-referrer',
      body: JSON.stringify({
        lat: coarse(coords.latitude), lon: coarse(coords.longitude),
        q: filters.get('q') ?? '', district: values('district'), kind: values('kind'),
      }),
    });
    const list = put('ol', { class: 'plain-list', tabindex: '-1', 'aria-label': words.near }, ...found.hits.map(lineOf));
    byId('places-found').replaceChildren(list);
    document.querySelector('.places-list .pager')?.remove();
    const back = put('a', { href: location.href }, words.end);
    status.replaceChildren(found.hits.length ? words.near : words.none, ' ', back);
    around = found.hits.filter((hit) => hit.point).map((hit) => [hit.point.lon_e6 / 1e6, hit.point.lat_e6 / 1e6]);
    showAround();
    watchLines();
  } catch {
    status.textContent = words.nearFailed;
  }
};

/** Once the map is open, each line can show itself there. */
const watchLines = () => {
  if (!map) return;
  for (const line of document.querySelectorAll('.place-line[data-at]')) {
    if (line.querySelector('.to-map')) continue;
    const button = put('button', { type: 'button', class: 'button quiet to-map' }, words.here);
    button.addEventListener('click', () => {
      showLine(line);
      panel.scrollIntoView({ block: 'nearest' });
    });
    line.append(button);
  }
};

if (panel && settings.script) {
  byId('map-open').hidden = false;
  byId('map-button').addEventListener('click', () => openMap().then(watchLines));
}
if (panel && navigator.geolocation && isSecureContext) {
  byId('near').hidden = false;
  byId('near-button').addEventListener('click', askNear);
}
