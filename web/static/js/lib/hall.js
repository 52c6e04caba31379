/**
 * Folds the frames of /ws into the hall that a page shows. ES2017.
 * @module
 */

/**
 * Takes a frame's news into the hall, in place where it can: a snapshot replaces it, hall.counts
 * updates its hours, services and counters.
 * @param {Object|null} hall  as GET /api/hall gives it
 * @param {Object} frame
 * @returns {Object|null} the hall to show from now on
 */
export function foldHall(hall, frame) {
  if (frame.type === "snapshot") return frame.hall;
  if (!hall || frame.type !== "hall.counts") return hall;
  for (const field of ["open", "opens_at", "closes_at", "closed_day", "clock"]) hall[field] = frame[field];
  merge(hall.services, frame.services, ["waiting", "ahead", "open", "reason", "opens_at", "wait"]);
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
