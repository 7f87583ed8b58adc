import { announce } from '../ui.js';
import { thisTab } from '../storage.js';
import { actionsFor } from './actions.js';
import { Clip } from './clip.js';
import { openComments } from './comments.js';
import { Deck } from './deck.js';
import { EventLog } from './events.js';
import { Playlist } from './playlist.js';
import { Pauses } from './pause.js';
import { openShare } from './share.js';
import { SidePanel } from './side.js';
import { sound } from './sound.js';
import { Supply } from './supply.js';
import { endTail, loadingTail } from './tail.js';
import { openTaste } from './taste.js';
import { openWhy } from './why.js';

/** A page is asked for when this many clips are left. */
const REFILL_AT = 2;

function sessionId() {
  const id = thisTab.get('session') ?? crypto.randomUUID();
  thisTab.set('session', id);
  return id;
}

/** The feed page: the deck on screen, the supply behind it, the events it causes. */
export class Feed {
  #mode = 'personalised';
  #personalised = true;
  #seen = new Set();
  #pauses = new Pauses();

  constructor(root) {
    this.root = root;
    this.scroller = root.querySelector('[data-scroller]');
    this.tabs = [...root.querySelectorAll('[data-mode]')];
    this.sessionId = sessionId();
    this.events = new EventLog({ sessionId: this.sessionId });
    this.deck = new Deck(this.scroller, { onEnter: (clip) => this.#entered(clip), onVisible: (clip) => this.#visible(clip) });
    this.supply = new Supply({
      deck: this.deck,
      fetchPage: (signal) => this.#fetchPage(signal),
      onPage: (page) => this.#show(page),
      onBusy: (busy) => this.scroller.setAttribute('aria-busy', String(busy)),
    });
    const changed = (item) => this.#changed(item);
    const context = { events: this.events, changed };
    this.act = actionsFor({
      ...context,
      skip: () => this.deck.go(1),
      items: () => this.deck.clips.map((clip) => clip.item),
      open: {
        comments: (item) => openComments(item, context),
        share: (item) => openShare(item, context),
        why: (item) => openWhy(item, { openTaste: () => this.openTaste() }),
      },
    });
    this.side = new SidePanel(root.querySelector('[data-side]'), { act: this.act, context });
    sound.onChange(() => this.deck.clips.forEach((clip) => clip.showSound()));
    this.#watchPage();
  }

  /**
   * @param {string|null} firstVideo an id from a shared link: the feed opens with that clip.
   * @param {boolean} personalised what the viewer chose in "Your taste".
   */
  start({ firstVideo, personalised }) {
    this.firstVideo = firstVideo;
    this.#personalised = personalised;
    this.tabs.forEach((tab) => tab.addEventListener('click', () => this.switchTo(tab.dataset.mode)));
    this.#begin();
  }

  switchTo(mode) {
    if (mode === this.#mode && this.deck.clips.length > 0) return;
    this.#mode = mode;
    this.firstVideo = null;
    this.#begin();
  }

  openTaste() {
    openTaste({ changed: (personalised) => {
      this.#personalised = personalised;
      this.#renewAhead();
    } });
  }

  #begin() {
    this.tabs.forEach((tab) => tab.setAttribute('aria-pressed', String(tab.dataset.mode === this.#mode)));
    this.supply.reset();
    this.deck.clear('swipe');
    this.side.show(null);
    this.playlist = new Playlist({ events: this.events, sessionId: this.sessionId, mode: this.#servedMode() });
    this.deck.setTail(loadingTail());
    this.supply.fill();
  }

  /** The switch in "Your taste" turns the first tab into the ranking that is the same for everybody. */
  #servedMode() {
    return this.#mode === 'personalised' && !this.#personalised ? 'non_profiled' : this.#mode;
  }

  async #fetchPage(signal) {
    if (!this.firstVideo) return this.playlist.next({ signal });
    const id = this.firstVideo;
    try {
      const linked = await this.playlist.single(id, { signal });
      this.firstVideo = null;
      return { items: [linked], exhausted: false };
    } catch (error) {
      if (error.temporary || error.name === 'AbortError') throw error;
      // Gone or not public: the feed goes on without it.
      this.firstVideo = null;
      announce('The linked clip is not available.');
      return this.playlist.next({ signal });
    }
  }

  #show({ items, exhausted, pauseInMs }) {
    if (pauseInMs !== undefined) this.#pauses.plan(pauseInMs);
    const from = this.deck.clips.length;
    this.deck.setTail(null);
    this.deck.append(items.map((item, i) => new Clip(item, {
      index: from + i, act: this.act, events: this.events, onFailure: (clip) => this.#failed(clip),
    })));
    if (exhausted) this.deck.setTail(this.#ending());
    // A first page of one linked clip needs the next page at once.
    else queueMicrotask(() => this.#refill());
  }

  #ending() {
    return endTail(this.#mode, {
      watchAgain: () => { this.playlist.watchAgain(); this.#restart(); },
      refresh: () => this.#restart(),
      switchToForYou: () => this.switchTo('personalised'),
    });
  }

  #restart() {
    this.supply.reset();
    this.deck.clear('swipe');
    this.deck.setTail(loadingTail());
    this.supply.fill();
  }

  /** What lies ahead was ranked for a taste that is no more. */
  #renewAhead() {
    this.supply.reset();
    this.playlist.mode = this.#servedMode();
    this.playlist.release(this.deck.cutAhead());
    this.deck.setTail(loadingTail());
    this.supply.fill();
  }

  #refill() {
    if (this.deck.left <= REFILL_AT) this.supply.fill();
  }

  #visible(clip) {
    clip.viewing.impression();
    this.#seen.add(clip.item.video_id);
    this.root.dataset.seenCount = String(this.#seen.size);
  }

  #entered(clip) {
    this.side.show(clip?.item ?? null);
    if (clip) {
      announce(`${clip.item.creator.name}: ${clip.item.caption || 'no caption'}`);
      this.#pauses.offer(clip);
    }
    this.#refill();
  }

  #failed(clip) {
    announce('This clip cannot be played.');
    if (clip === this.deck.current) setTimeout(() => clip === this.deck.current && this.deck.go(1), 1500);
  }

  #changed(item) {
    this.deck.clips.filter((clip) => clip.item === item).forEach((clip) => clip.rail.refresh());
    this.side.refresh(item);
  }

  #watchPage() {
    document.addEventListener('visibilitychange', () => {
      const clip = this.deck.current;
      if (!document.hidden) {
        if (clip && !clip.paused) clip.play();
        return;
      }
      clip?.leave('background');
      this.events.handOver();
    });
    window.addEventListener('pagehide', () => {
      this.deck.current?.leave('exit');
      this.events.handOver();
    });
    // Brought back by the browser's back button with everything still in memory.
    window.addEventListener('pageshow', (event) => event.persisted && this.deck.current?.enter());
  }
}
