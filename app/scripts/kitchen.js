// The player of the kitchen pages: plain script, no sound, one picture at a time. Words, and where hls.js lies, stand in
// the page. Without this script the page says everything but shows no moving picture.

/** Milliseconds without a picture after which the reader is told. */
const PATIENCE = 30_000;
/** Milliseconds that a picture may stand still while more is being fetched. */
const STALL = 12_000;
/** Milliseconds after which a failed address is looked at once more. */
const AGAIN = 2_500;

const root = document.querySelector('[data-player]');
const words = root && JSON.parse(root.dataset.words);
let now;

/** Names of attributes and their values onto an element. */
const put = (name, attributes, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

/** What went wrong, by status; 0 is no answer at all. */
const reason = (status) => words.failed[status] ?? (status >= 500 ? words.failed[502] : words.failed.other);

/** Says why nothing can be seen; the number of the answer stays with it. */
class Failure extends Error {
  constructor(status, said) {
    super(said || reason(status));
    this.status = status;
  }
}

/** A fresh signed address of the stream: `{ src, seconds }`, and how far this machine's clock is off. */
async function ticket(camera, signal) {
  const answer = await fetch(`/kitchens/live/${camera}`, { signal, headers: { accept: 'application/json' }, cache: 'no-store' })
    .catch((error) => { throw signal.aborted ? error : new Failure(0); });
  if (!answer.ok) {
    const said = (answer.headers.get('content-type') ?? '').startsWith('text/plain') ? await answer.text() : '';
    throw new Failure(answer.status, said);
  }
  const given = await answer.json();
  return { ...given, ahead: Date.parse(answer.headers.get('date') ?? '') - Date.now() || 0 };
}

/** Asks for the playlist as a player would: a missing or refused stream is known at once, with its status. */
async function look(src, signal) {
  const answer = await fetch(src, { signal, cache: 'no-store' }).catch((error) => { throw signal.aborted ? error : new Failure(0); });
  if (!answer.ok) {
    const said = (answer.headers.get('content-type') ?? '').startsWith('text/plain') ? await answer.text() : '';
    throw new Failure(answer.status, said);
  }
  await answer.text();
}

/** One picture being watched. */
class Watching {
  constructor(card) {
    this.card = card;
    this.camera = card.dataset.camera;
    this.button = card.querySelector('[data-watch]');
    this.said = card.querySelector('[data-said]');
    this.ended = new AbortController();
    this.clocks = new Set();
    this.build();
  }

  build() {
    this.video = put('video', {
      muted: '', playsinline: '', disablepictureinpicture: '', disableremoteplayback: '', 'aria-label': this.card.dataset.name,
      controlslist: 'nodownload noremoteplayback noplaybackrate',
    });
    this.video.muted = true;
    this.video.addEventListener('volumechange', () => { this.video.muted = true; });
    this.mark = put('p', { class: 'watermark', 'aria-hidden': 'true' });
    this.stopButton = put('button', { type: 'button', class: 'button' }, words.stop);
    const large = put('button', { type: 'button', class: 'button quiet' }, words.large);
    const bar = put('div', { class: 'player-bar' }, this.stopButton);
    if (document.fullscreenEnabled) bar.append(large);
    this.box = put('div', { class: 'player', role: 'group', 'aria-label': this.card.dataset.name }, this.video, this.mark, bar);
    this.stopButton.addEventListener('click', () => this.stop(words.stopped));
    large.addEventListener('click', () => (document.fullscreenElement ? document.exitFullscreen() : this.box.requestFullscreen()).catch(() => {}));
    this.box.addEventListener('contextmenu', (event) => event.preventDefault());
    this.card.classList.add('is-open');
    this.card.querySelector('[data-screen]').append(this.box);
    this.button.hidden = true;
    this.stopButton.focus();
  }

  say(text) {
    if (this.said.textContent !== text) this.said.textContent = text;
  }

  label(text) {
    this.button.querySelector('[data-label]').textContent = text;
  }

  later(milliseconds, act) {
    const clock = setTimeout(() => { this.clocks.delete(clock); act(); }, milliseconds);
    this.clocks.add(clock);
    return clock;
  }

  cancel(clock) {
    clearTimeout(clock);
    this.clocks.delete(clock);
  }

  async start() {
    this.say(words.connecting);
    this.overdue = this.later(PATIENCE, () => this.fail(new Failure(504)));
    try {
      await this.renew();
      // the portal tells a failure to everybody for two seconds before it asks again
      await look(this.src, this.ended.signal).catch(async (error) => {
        if (!(error instanceof Failure)) throw error;
        await new Promise((resolve) => { this.later(AGAIN, resolve); });
        await look(this.src, this.ended.signal);
      });
      await this.attach();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Takes a new address, and the next one before that is over. */
  async renew() {
    const given = await ticket(this.camera, this.ended.signal);
    this.src = given.src;
    this.ahead = given.ahead;
    this.cancel(this.over);
    this.over = this.later(given.seconds * 950, () => this.again());
  }

  async attach() {
    const { video } = this;
    video.addEventListener('playing', () => this.seen());
    if (root.dataset.engine !== 'hls' && video.canPlayType('application/vnd.apple.mpegurl')) {
      video.addEventListener('error', () => this.again(), { signal: this.ended.signal });
      video.src = this.src;
    } else {
      await this.attachHls();
    }
    video.play().catch((error) => { if (error.name === 'NotAllowedError') this.fail(new Failure('blocked')); });
  }

  async attachHls() {
    if (!root.dataset.hls) throw new Failure('unable');
    const { default: Hls } = await import(root.dataset.hls).catch(() => { throw new Failure(0); });
    if (this.ended.signal.aborted) return;
    if (!Hls.isSupported()) throw new Failure('unable');
    const hls = new Hls({
      enableWorker: false, backBufferLength: 10, maxBufferLength: 20, maxMaxBufferLength: 30, maxBufferSize: 20_000_000,
      capLevelToPlayerSize: true,
    });
    this.hls = hls;
    silence(hls);
    hls.on(Hls.Events.ERROR, (_, error) => { if (error.fatal) this.hlsFailed(Hls, error); });
    hls.loadSource(this.src);
    hls.attachMedia(this.video);
  }

  hlsFailed(Hls, error) {
    if (error.type === Hls.ErrorTypes.MEDIA_ERROR && !this.mended) {
      this.mended = true;
      this.hls.recoverMediaError();
    } else if (error.type === Hls.ErrorTypes.NETWORK_ERROR) {
      this.again(error.response?.code);
    } else {
      this.fail(new Failure('unable'));
    }
  }

  /** A player that broke off gets one new address; what the portal says to that one is what the reader is told. */
  async again(status) {
    if (this.ended.signal.aborted) return;
    if (this.retried) return this.fail(new Failure(status ?? 502));
    this.retried = true;
    try {
      await this.renew();
      await look(this.src, this.ended.signal);
      if (this.hls) this.hls.loadSource(this.src);
      else this.video.src = this.src;
      this.video.play().catch(() => {});
    } catch (error) {
      this.fail(error);
    }
  }

  seen() {
    this.cancel(this.overdue);
    this.retried = false;
    this.say(words.playing);
    this.card.dataset.playing = '';
    this.tick ??= setInterval(() => { this.stamp(); this.watch(); }, 1000);
    this.stamp();
  }

  /** Whether the picture moves is seen by its time: what browsers tell of waiting differs. */
  watch() {
    if (this.video.currentTime !== this.shown) {
      [this.shown, this.since] = [this.video.currentTime, performance.now()];
    } else if (performance.now() - this.since > STALL) {
      this.fail(new Failure(504));
    }
  }

  /** Place and time over the picture, in the portal's time. */
  stamp() {
    const time = new Date(Date.now() + this.ahead).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hourCycle: 'h23' });
    this.mark.textContent = `${this.card.dataset.mark} ${time}`;
  }

  fail(error) {
    if (this.ended.signal.aborted) return;
    this.end();
    this.say(error instanceof Failure ? error.message : reason('other'));
    this.label(words.retry);
    this.card.classList.add('has-failed');
  }

  stop(said) {
    if (this.ended.signal.aborted) return;
    this.end();
    this.say(said);
    this.label(words.watch);
    this.card.classList.remove('has-failed');
  }

  end() {
    const hadFocus = this.box.contains(document.activeElement);
    this.ended.abort();
    for (const clock of this.clocks) clearTimeout(clock);
    clearInterval(this.tick);
    this.hls?.destroy();
    this.video.pause();
    this.video.removeAttribute('src');
    this.video.load();
    this.box.remove();
    this.card.classList.remove('is-open');
    delete this.card.dataset.playing;
    this.button.hidden = false;
    if (hadFocus) this.button.focus();
    if (now === this) now = undefined;
  }
}

/** Leaves the sound out before it reaches the browser (hls.js of the pinned version; without it the picture is muted only). */
function silence(hls) {
  const controller = hls.streamController;
  const handle = controller?._handleTransmuxComplete;
  if (!handle) return;
  controller._handleTransmuxComplete = function (given) {
    const { remuxResult } = given;
    if (remuxResult.video || remuxResult.initSegment?.tracks?.video) {
      delete remuxResult.audio;
      if (remuxResult.initSegment?.tracks) delete remuxResult.initSegment.tracks.audio;
    }
    return handle.call(this, given);
  };
}

if (root) {
  for (const card of root.querySelectorAll('[data-camera]')) {
    const button = card.querySelector('[data-watch]');
    button.hidden = false;
    button.addEventListener('click', () => {
      now?.stop('');
      card.classList.remove('has-failed');
      now = new Watching(card);
      now.start();
    });
  }
  addEventListener('keydown', (event) => { if (event.key === 'Escape' && !document.fullscreenElement) now?.stop(words.stopped); });
  document.addEventListener('visibilitychange', () => { if (document.hidden) now?.stop(words.hidden); });
  addEventListener('pagehide', () => now?.stop(''));
}
