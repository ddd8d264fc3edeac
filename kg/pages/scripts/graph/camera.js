/* Camera of the graph: moves vis-network's view to what is to be seen, and no farther off than words can be read. */

const EDGE = 40; // pixels that stay free
const NEAREST = 1.1; // scale
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Return the corners of boxes: left, top, right, bottom; of none, those of a small empty picture. */
export function extentOf(places) {
  if (!places.length) return [0, 0, 1, 1];
  const edge = (way, axis) => places.map(({ [axis]: at, box }) => at + (way * box[axis === "x" ? 0 : 1]) / 2);
  return [Math.min(...edge(-1, "x")), Math.min(...edge(-1, "y")), Math.max(...edge(1, "x")), Math.max(...edge(1, "y"))];
}

/** Return what aims at boxes; `isStill` says whether the picture is to be there at once. */
export function createCamera(network, frame, isStill) {
  /** Show boxes at a scale of at least `least`: what does not fit, around the box `centre` or from its top left on. */
  return function show(places, least, centre) {
    if (!places.length) return;
    const [left, top, right, bottom] = extentOf(places);
    const [wide, high] = [frame.clientWidth - EDGE, frame.clientHeight - EDGE];
    const scale = Math.max(Math.min(wide / (right - left), high / (bottom - top), NEAREST), least);
    const from = centre || { x: left, y: top };
    const position = {
      x: within(from.x, left, right, wide / scale),
      y: within(from.y, top, bottom, high / scale),
    };
    const animation = !isStill() && !calm.matches && { duration: 350, easingFunction: "easeInOutQuad" };
    network.moveTo({ position, scale, animation });
  };
}
function within(value, low, high, room) {
  if (high - low <= room) return (low + high) / 2;
  return Math.min(Math.max(value, low + room / 2), high - room / 2);
}
