/* Walk with the arrow keys: from box to box along the lines, or to the next of a column. */

/** Return the node to go to from where the reader is, to the right or left, down or up; null if there is none. */
export function stepFrom({ middleOf, isJoint, other }, state, { where, visible, drawn }, right, down) {
  const here = middleOf(state.id);
  if (!here || !where.has(here)) return state.on || [...visible].find((id) => !isJoint(id));
  const from = where.get(here);
  const cost = (id) => {
    const [x, y] = [where.get(id).x - from.x, where.get(id).y - from.y];
    const [along, across] = [x * right + y * down, Math.abs(x * down) + Math.abs(y * right)];
    return along > 0 ? across + along / 4 : Infinity;
  };
  const linked = drawn.filter((edge) => edge.from === here || edge.to === here).map((edge) => other(edge, here));
  const column = [...visible].filter((id) => id !== here && where.get(id).x === from.x);
  const best = [...linked, ...column].reduce((found, id) => (cost(id) < cost(found) ? id : found), here);
  return best === here ? null : best;
}
