// The functions of a V8 CPU profile that cost most by themselves.

/** @returns lines, the dearest first; shares are of the time the thread was busy */
export function topOf({ nodes, samples, timeDeltas }, count) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const costs = new Map()
  let busy = 0
  let idle = 0
  for (const [i, id] of samples.entries()) {
    const { functionName, url, lineNumber } = byId.get(id).callFrame
    const us = Math.max(0, timeDeltas[i + 1] ?? 0)
    if (functionName === '(idle)') {
      idle += us
      continue
    }
    busy += us
    const place = `${functionName || '(anonymous)'} ${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`
    costs.set(place, (costs.get(place) ?? 0) + us)
  }
  const share = (us) => `${((100 * us) / busy).toFixed(1).padStart(5)} %`
  return [
    `  busy ${(busy / 1000).toFixed(0)} ms of ${((busy + idle) / 1000).toFixed(0)} ms`,
    ...[...costs]
      .sort((a, b) => b[1] - a[1])
      .slice(0, count)
      .map(([place, us]) => `  ${share(us)}  ${place}`),
  ]
}
