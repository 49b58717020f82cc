/**
 * What the picture shows of a moment: the moment as it was told, and in place of its bands, and inside of its objects, what was
 * asked for because it is looked at closely.
 */
import type { MapDetail, MembersView, Snapshot } from '../src/protocol/view-model.ts';
import { heapsOf } from './layout/map-layout.ts';
import type { MapDetails } from './map-details.ts';
import { tilesFor, wishesOf, withTiles } from './zoom/detail.ts';
import type { Tile } from './zoom/detail.ts';
import { memberWishes, typedObjects } from './zoom/members.ts';
import type { Scale } from './zoom/scale.ts';
import type { Scene } from './zoom/scene.ts';
import { sceneOf } from './zoom/scene.ts';
import type { Viewport } from './zoom/viewport.ts';

/** What is looked at, and who is asked for it. */
interface Look {
  readonly scale: Scale;
  readonly view: Viewport;
  readonly details: MapDetails<MapDetail> | undefined;
  readonly members: MapDetails<MembersView> | undefined;
}

/** The scene of the moment that is shown. */
export class ShownScene {
  #base: Scene | undefined;
  #scene: Scene | undefined;
  #tiles: readonly Tile[] = [];
  #answers: readonly MembersView[] = [];

  /** The moment with its bands: the scale is made of it. */
  get base(): Scene | undefined {
    return this.#base;
  }

  /** What is drawn: with parts in place of the bands that are looked at. */
  get scene(): Scene | undefined {
    return this.#scene;
  }

  /** Takes a moment; what was asked for before stands in it until there is something newer. */
  take(snapshot: Snapshot): void {
    this.#base = sceneOf(snapshot, snapshot.program.target);
    this.#scene = this.#composed(snapshot, this.#base);
  }

  /**
   * Asks for what is looked at, and takes what is there of it.
   *
   * @returns whether the scene is another one now
   */
  refine(snapshot: Snapshot, look: Look): boolean {
    const tiles = this.#tilesNow(snapshot, look);
    const answers = this.#answersNow(look);
    if (isSameList(answers, this.#answers) && areSameTiles(tiles, this.#tiles)) return false;
    this.#tiles = tiles;
    this.#answers = answers;
    this.#scene = this.#composed(snapshot, this.#base);
    return true;
  }

  /** The base itself where nothing was asked for. */
  #composed(snapshot: Snapshot, base: Scene | undefined): Scene | undefined {
    if (this.#tiles.length === 0 && this.#answers.length === 0) return base;
    const source = this.#tiles.length === 0 ? snapshot : withTiles(snapshot, this.#tiles);
    return sceneOf(source, snapshot.program.target, typedObjects(this.#answers));
  }

  /** What is known in place of the bands that are looked at. */
  #tilesNow(snapshot: Snapshot, { details, scale, view }: Look): readonly Tile[] {
    if (details === undefined || this.#base === undefined) return this.#tiles;
    if (!hasBands(snapshot)) {
      details.wish('picture', []);
      return [];
    }
    const wishes = wishesOf(this.#base, scale, view);
    details.wish('picture', wishes);
    return tilesFor(wishes, (wish) => details.get(wish));
  }

  /** What is known of the inside of what is looked at closely; what was known before, while the rest is on its way. */
  #answersNow({ members, scale, view }: Look): readonly MembersView[] {
    if (members === undefined || this.#scene === undefined) return this.#answers;
    const wishes = memberWishes(this.#scene, scale, view);
    members.wish('picture', wishes);
    const answers = wishes.flatMap((wish) => members.get(wish) ?? []);
    return answers.length < wishes.length && answers.length < this.#answers.length ? this.#answers : answers;
  }
}

const hasBands = (snapshot: Snapshot): boolean =>
  snapshot.mappingBands.length > 0 || heapsOf(snapshot).some(({ heap }) => heap.bands.length > 0);

const isSameList = <Item>(some: readonly Item[], others: readonly Item[]): boolean =>
  some.length === others.length && some.every((item, index) => item === others[index]);

const areSameTiles = (some: readonly Tile[], others: readonly Tile[]): boolean =>
  some.length === others.length &&
  some.every(({ detail, start }, index) => detail === others[index]?.detail && start === others[index].start);
