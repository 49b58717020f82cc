/** Where the picture is: the boxes that hold most of it, the outermost first. */
import type { Scale } from './scale.ts';
import type { Box, Scene } from './scene.ts';
import type { Viewport } from './viewport.ts';
import { yOf } from './viewport.ts';

/** The boxes around the middle of the picture that fill at least half of it. */
export function crumbsOf(scene: Scene, scale: Scale, view: Viewport): readonly Box[] {
  const crumbs: Box[] = [];
  for (let boxes = scene.regions; ;) {
    const box = boxes.find(
      ({ start, end }) =>
        start <= view.center &&
        view.center < end &&
        yOf(scale, view, start) - yOf(scale, view, end) > view.height / 2,
    );
    if (box === undefined) return crumbs;
    crumbs.push(box);
    boxes = box.children;
  }
}
