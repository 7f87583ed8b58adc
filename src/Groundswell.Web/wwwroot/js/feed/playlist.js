import { get, post } from '../api.js';

const PAGE = 5;
/** The server knows what was seen; this only spares it what is on its way to being seen. */
const EXCLUDE_LIMIT = 200;

/** The clips of one feed, page by page. */
export class Playlist {
  #known = [];
  #rewatch = false;

  constructor({ events, sessionId, mode }) {
    this.events = events;
    this.sessionId = sessionId;
    this.mode = mode;
  }

  /** Resolves to { items, exhausted, pauseInMs }. What the viewer just did is told first, so that this page knows it. */
  async next({ signal } = {}) {
    await this.events.flush();
    const page = await post('/v1/feed', {
      n: PAGE, mode: this.mode, session_id: this.sessionId, explain: true, rewatch: this.#rewatch,
      exclude_ids: this.#known.slice(-EXCLUDE_LIMIT),
    }, { signal });
    const fresh = page.items.filter((item) => !this.#known.includes(item.video_id));
    this.#known.push(...fresh.map((item) => item.video_id));
    return {
      items: fresh.map((item) => ({ ...item, request_id: page.request_id, removed: page.removed ?? [], model_version: page.model_version })),
      exhausted: page.exhausted || fresh.length === 0,
      pauseInMs: page.pause_in_ms,
    };
  }

  /** One clip by its address. It answers no slot, so it carries no token: watching it earns its creator nothing. */
  async single(videoId, { signal } = {}) {
    const video = await get(`/v1/videos/${encodeURIComponent(videoId)}`, { signal });
    this.#known.push(video.video_id);
    return {
      liked: false, label: null, reasons: [], ...video,
      request_id: null, slot_token: null, source: 'link', why: 'You opened a link to this clip.',
    };
  }

  /** Forgets that items were handed out and never shown, so that they may be ranked again. */
  release(items) {
    const dropped = new Set(items.map((item) => item.video_id));
    this.#known = this.#known.filter((id) => !dropped.has(id));
  }

  watchAgain() {
    this.#rewatch = true;
    this.#known = [];
  }
}
