/* Keys on the map: left and right go through all claims, up and down through the cells of a block, page up and down from
   topic to topic. */

const EDGE = 40; // pixels from the sides within which the view follows

/** Move a cursor on `canvas`; `on.reach`, `on.open` and `on.leave` are told what the reader does. */
export function onKeys(canvas, { count, topics, topicOf }, map, on) {
  let cursor = -1;
  function step(claim) {
    cursor = claim;
    on.reach(claim);
    const { x, y } = map.middle(claim);
    const isInside = (at, size) => at >= EDGE && at <= size - EDGE;
    if (isInside(x, canvas.clientWidth) && isInside(y, canvas.clientHeight)) return;
    map.toClaims([claim], map.view.scale);
  }
  const by = (cells) => step(cursor < 0 ? 0 : Math.min(Math.max(cursor + cells, 0), count - 1));
  const turn = (pages) => {
    const topic = topics[topicOf[Math.max(cursor, 0)] + pages];
    if (topic) step(topic[1]);
  };
  const closer = () => map.zoom(1.4);
  const KEYS = {
    Escape: on.leave,
    "+": closer,
    "=": closer,
    "-": () => map.zoom(1 / 1.4),
    Home: () => step(0),
    End: () => step(count - 1),
    PageDown: () => turn(1),
    PageUp: () => turn(-1),
    ArrowRight: () => by(map.blocks.rows),
    ArrowLeft: () => by(-map.blocks.rows),
    ArrowDown: () => by(1),
    ArrowUp: () => by(-1),
  };
  canvas.addEventListener("keydown", (event) => {
    const isOpening = event.key === "Enter" && cursor >= 0;
    const act = isOpening ? () => on.open(cursor) : Object.hasOwn(KEYS, event.key) && KEYS[event.key];
    if (!act) return;
    act();
    event.preventDefault();
  });
}
