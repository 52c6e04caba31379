/**
 * Scores of the forecast put together: several days or groups as one. All in seconds, as the server
 * gives them.
 * @module
 */

/** @typedef {{name: string, n: number, mae_s: number, rmse_s: number, bias_s: number}} Estimator */

/**
 * @typedef {Object} Score
 * @property {string} group
 * @property {number} n          people
 * @property {number} mean_wait_s
 * @property {number} cover_80   0-1
 * @property {number} late_10    0-1
 * @property {Estimator[]} estimators
 */

/** @typedef {{day: string, total: Score, services: Score[], classes: Score[], hours: Score[]}} Day */

/**
 * Several scores as one: means weighted with the people behind them.
 * @param {Score[]} list
 * @param {string} [group]
 * @returns {Score}
 */
export function merge(list, group) {
  const n = list.reduce((sum, s) => sum + s.n, 0);
  const mean = (of) => (n ? list.reduce((sum, s) => sum + s.n * of(s), 0) / n : 0);
  const names = [];
  for (const score of list) for (const e of score.estimators || []) if (!names.includes(e.name)) names.push(e.name);
  return {
    group: group || "", n: n, mean_wait_s: mean((s) => s.mean_wait_s), cover_80: mean((s) => s.cover_80), late_10: mean((s) => s.late_10),
    estimators: names.map((name) => mergeEstimator(name, list.flatMap((s) => (s.estimators || []).filter((e) => e.name === name)))),
  };
}

function mergeEstimator(name, list) {
  const n = list.reduce((sum, e) => sum + e.n, 0);
  const mean = (of) => (n ? list.reduce((sum, e) => sum + e.n * of(e), 0) / n : 0);
  return { name: name, n: n, mae_s: mean((e) => e.mae_s), rmse_s: Math.sqrt(mean((e) => e.rmse_s * e.rmse_s)), bias_s: mean((e) => e.bias_s) };
}

/**
 * The scores of the days' groups of one kind, each group once.
 * @param {Day[]} days
 * @param {"services"|"classes"|"hours"} kind
 * @returns {Score[]}
 */
export function byGroup(days, kind) {
  const groups = new Map();
  for (const day of days) {
    for (const score of day[kind] || []) groups.set(score.group, [...(groups.get(score.group) || []), score]);
  }
  return [...groups].map(([group, list]) => merge(list, group)).filter((s) => s.n > 0);
}

/** The forecast's own line of a score; null when nothing was scored. @param {Score} score @returns {Estimator|null} */
export const ours = (score) => (score.estimators || []).find((e) => e.name === "forecast" && e.n > 0) || null;

/** The best of the other ways to foretell; null when there is none. @param {Score} score @returns {Estimator|null} */
export function bestOther(score) {
  const others = (score.estimators || []).filter((e) => e.name !== "forecast" && e.n > 0);
  return others.reduce((best, e) => (!best || e.mae_s < best.mae_s ? e : best), /** @type {Estimator|null} */ (null));
}
