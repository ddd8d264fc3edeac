/* View of the map: which part of it is seen, and how large.  Sizes are in CSS pixels, places in heights of a cell. */

const NARROW = 600; // pixels from which names stand above their blocks
const FREE = 12; // pixels at the sides

/** Return the view of `canvas` on a survey's blocks; `redraw` is called when it moves. */
export function createView(canvas, { topics, blocks, cell }, place, redraw) {
  const view = { x: 0, y: 0, scale: 1 };
  const wide = () => canvas.clientWidth;
  const high = () => canvas.clientHeight;
  // On the left, for the names that lines begin with.
  const margin = () => (blocks.named && wide() >= NARROW ? FREE : Math.min(92, wide() * 0.2));
  const whole = () => Math.min((wide() - margin() - FREE) / blocks.width, (high() - 2 * FREE) / blocks.height);
  const most = () => Math.max(190, whole());
  const columnsOf = (topic) => Math.ceil(topics[topic][2] / blocks.rows);

  /** Let the place x, y stand at left, top. */
  function look(scale, x, y, left = wide() / 2, top = high() / 2) {
    view.scale = Math.min(Math.max(scale, whole() * 0.8), most());
    view.x = x - left / view.scale;
    view.y = y - top / view.scale;
    redraw();
  }
  /** Return the place that stands at left, top; and where a place stands. */
  const at = (left, top) => ({ x: view.x + left / view.scale, y: view.y + top / view.scale });
  const to = (x, y) => [(x - view.x) * view.scale, (y - view.y) * view.scale];
  const fit = () => look(whole(), blocks.width / 2, blocks.height / 2, (wide() + margin() - FREE) / 2);
  function zoom(factor, left = wide() / 2, top = high() / 2) {
    const { x, y } = at(left, top);
    look(view.scale * factor, x, y, left, top);
  }
  function pan(dx, dy) {
    view.x -= dx / view.scale;
    view.y -= dy / view.scale;
    redraw();
  }
  function toTopic(topic) {
    const [x, y] = blocks.corners[topic];
    const across = columnsOf(topic) * cell;
    const scale = Math.min((wide() - 60) / across, (high() - 80) / (blocks.rows + blocks.head));
    look(Math.min(scale, 110), x + across / 2, y + (blocks.rows - blocks.head) / 2);
  }
  function toClaims(some, least = 0) {
    const places = some.map(place);
    const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs) + cell, Math.min(...ys), Math.max(...ys) + 1];
    const scale = Math.min((wide() - 60) / (right - left), (high() - 60) / (bottom - top), 90);
    look(Math.max(scale, least), (left + right) / 2, (top + bottom) / 2);
  }
  /** Return true if any part of a topic's block is seen. */
  function isSeen(topic) {
    const [left, top] = to(...blocks.corners[topic]);
    const across = columnsOf(topic) * cell * view.scale;
    return left < wide() && left + across > 0 && top < high() && top + blocks.rows * view.scale > 0;
  }
  /** Return where the middle of a claim's cell stands. */
  function middle(claim) {
    const { x, y } = place(claim);
    const [left, top] = to(x + cell / 2, y + 0.5);
    return { x: left, y: top };
  }
  /** Return the claim and the topic that stand at left, top, -1 for none. */
  function hit(left, top) {
    const { x, y } = at(left, top);
    for (let topic = 0; topic < topics.length; topic += 1) {
      const [, first, size] = topics[topic];
      const [cx, cy] = blocks.corners[topic];
      const [column, row] = [Math.floor((x - cx) / cell), Math.floor(y - cy)];
      const number = column * blocks.rows + row;
      if (column >= 0 && row >= 0 && row < blocks.rows && number < size) return { claim: first + number, topic };
      const isAbove = y < cy && y > cy - blocks.head;
      if (isAbove && x >= cx && x < cx + Math.max(cell, columnsOf(topic) * cell)) return { claim: -1, topic };
    }
    return { claim: -1, topic: -1 };
  }
  return { now: view, wide, high, margin, to, fit, zoom, pan, toTopic, toClaims, isSeen, middle, hit };
}
