/**
 * Folds the frames of /ws into the hall that a page shows. ES2017.
 * @module
 */

/**
 * Takes a frame's news into the hall, in place where it can: a snapshot replaces it, hall.counts
 * updates its services and counters.
 * @param {Object|null} hall  as GET /api/hall gives it
 * @param {Object} frame
 * @returns {Object|null} the hall to show from now on
 */
export function foldHall(hall, frame) {
  if (frame.type === "snapshot") return frame.hall;
  if (!hall || frame.type !== "hall.counts") return hall;
  hall.open = frame.open;
  merge(hall.services, frame.services, ["waiting", "ahead", "open", "reason", "wait"]);
  merge(hall.counters, frame.counters, ["state", "now"]);
  return hall;
}

function merge(list, news, fields) {
  for (const item of news || []) {
    const known = (list || []).find((x) => x.id === item.id);
    if (!known) continue;
    for (const field of fields) known[field] = item[field];
  }
}
