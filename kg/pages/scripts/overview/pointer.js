/* Pointer on the map: drag, wheel and pinch move the view; a press that does not move is a choice. */

const STILL = 4; // pixels that a press may move

/** Call `point` and `choose` with what the reader points at and presses on `canvas`. */
export function onPointer(canvas, view, point, choose) {
  const pointers = new Map();
  let moved = 0;
  const here = (event) => {
    const { left, top } = canvas.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  canvas.addEventListener("pointerdown", (event) => {
    pointers.set(event.pointerId, here(event));
    moved = pointers.size > 1 ? Infinity : 0;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const [left, top] = here(event);
    const before = pointers.get(event.pointerId);
    if (!before) return point(left, top);
    const [dx, dy] = [left - before[0], top - before[1]];
    moved += Math.abs(dx) + Math.abs(dy);
    const others = [...pointers].filter(([id]) => id !== event.pointerId);
    pointers.set(event.pointerId, [left, top]);
    if (others.length) return pinch(before, [left, top], others[0][1]);
    if (moved > STILL) view.pan(dx, dy);
  });
  function pinch(before, after, other) {
    const far = ([x, y]) => Math.hypot(x - other[0], y - other[1]) || 1;
    view.zoom(far(after) / far(before), (after[0] + other[0]) / 2, (after[1] + other[1]) / 2);
  }
  const lift = (event) => {
    const isPress = pointers.delete(event.pointerId) && event.type === "pointerup" && moved <= STILL;
    if (isPress) choose(...here(event));
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => point(-1, -1));
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      view.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), ...here(event));
    },
    { passive: false },
  );
}
