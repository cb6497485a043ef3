// From the runs of a mode to its figures: medians, ratios, and whether the goals stand.
import { SATURATED } from './during.mjs'
import { GOALS } from './goals.mjs'
import { PEERS } from './servers.mjs'

export function median(values) {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}

/** JSON has no NaN: what was not measured is null in the file. */
const valuesOf = (result, variant, server, key) =>
  (result.runs[variant]?.[server] ?? []).map((run) => run[key] ?? Number.NaN)

/** @returns NaN where it was not measured */
export const figure = (result, variant, server, key) =>
  median(valuesOf(result, variant, server, key))

export function range(result, variant, server, key) {
  const values = valuesOf(result, variant, server, key).filter(Number.isFinite)
  return [Math.min(...values), Math.max(...values)]
}

export const serversOf = (result, variant) => Object.keys(result.runs[variant] ?? {})

export const bestPeer = (result, variant, key) =>
  Math.min(
    ...PEERS.map((peer) => figure(result, variant, peer, key)).filter((value) =>
      Number.isFinite(value),
    ),
  )

/** Whether the load generator, and not the server, was the bottleneck in most runs. */
export const wasSaturated = (result, variant, server) =>
  figure(result, variant, server, 'generator') >= SATURATED

/**
 * The goals of a mode, where both sides of each were measured.
 * @returns per goal: ours, what it is held against, `value` to compare with `limit`, and `met`
 */
export function judgedGoals(result) {
  return GOALS.filter(({ mode }) => mode === result.mode).flatMap((goal) => {
    const { variant, key, to, limit } = goal
    const ours = figure(result, variant, 'ours', key)
    if (!Number.isFinite(ours)) return []
    if (to === null) return [{ ...goal, ours, other: null, value: ours, met: ours <= limit }]
    const other = to === 'peer' ? bestPeer(result, variant, key) : figure(result, variant, to, key)
    if (!Number.isFinite(other)) return []
    const fsync = goal.plusFsync ? result.conditions.fsync.p50 : 0
    return [{ ...goal, ours, other, value: ours / other, met: ours <= other * limit + fsync }]
  })
}
