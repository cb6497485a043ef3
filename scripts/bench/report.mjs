// The published page, from the kept results and from nothing else.
import { bestPeer, figure, judgedGoals, range, serversOf, wasSaturated } from './figures.mjs'

const number = (value, digits) => (Number.isFinite(value) ? value.toFixed(digits) : '–')
const row = (cells) => `| ${cells.join(' | ')} |`
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

/** @param results by mode, in the order in which they are shown @param chart its file name */
export function pageOf(results, chart) {
  const judged = results.flatMap((result) => judgedGoals(result))
  const met = judged.filter((goal) => goal.met).length
  return `${[
    '# Benchmarks',
    'Written by `npm run bench`; do not edit. Every figure is the median of the runs that its section names, all servers by turns on one machine. Absolute values say little about another machine; the ratios are what the goals are about.',
    `**${met} of ${judged.length} goals met.** Where the time goes in those that are missed: [profiles.md](profiles.md).`,
    `![Ours as a share of what it is held against, beside the goals](${chart})`,
    ...results.map(sectionOf),
  ].join('\n\n')}\n`
}

function sectionOf(result) {
  const { conditions } = result
  return [
    `## ${result.title}`,
    result.about,
    table(['', ...headOf(result)], rowsOf(result)),
    result.variants.some(({ key }) =>
      serversOf(result, key).some((s) => wasSaturated(result, key, s)),
    )
      ? '† The load generator’s event loop was busy 90 % of the time or more: it may have been the bottleneck, and latencies of this line are its own.'
      : 'The load generator was never the bottleneck (how busy its event loop was is in the last column).',
    result.failures.length === 0
      ? ''
      : `Runs that failed and are not in the figures: ${result.failures.join('; ')}.`,
    goalsOf(result),
    `Taken ${result.at.slice(0, 16).replace('T', ' ')} UTC, median of ${conditions.rounds}, by turns. Node ${conditions.node}, ${conditions.cpu}, ${conditions.memoryGiB} GiB, ${conditions.system}; pinned: ${conditions.pinned}; load average ${conditions.load.map((value) => value.toFixed(1)).join(' → ')}; fsync of 4 KiB p50 ${conditions.fsync.p50.toFixed(1)} ms, p95 ${conditions.fsync.p95.toFixed(1)} ms. ${Object.entries(
      conditions.servers,
    )
      .map(([name, says]) => `${name}: ${says}`)
      .join('; ')}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

const headOf = (result) => [
  'server',
  ...result.columns.map(({ label }) => label),
  'from–to',
  'to best peer',
  ...(result.servers.includes('relay') ? ['to relay'] : []),
  'generator busy',
]

function rowsOf(result) {
  const { digits } = result.columns.find(({ key }) => key === result.main)
  return result.variants.flatMap(({ key, label }) =>
    serversOf(result, key).map((server) => {
      const main = figure(result, key, server, result.main)
      const [from, to] = range(result, key, server, result.main)
      const ratio = (other) => (Number.isFinite(other) ? number(main / other, 2) : '–')
      const share = figure(result, key, server, 'generator')
      return [
        label,
        server === 'ours' ? '**ours**' : server,
        ...result.columns.map((column) => {
          const text = number(figure(result, key, server, column.key), column.digits)
          return server === 'ours' && column.key === result.main ? `**${text}**` : text
        }),
        `${number(from, digits)}–${number(to, digits)}`,
        ratio(bestPeer(result, key, result.main)),
        ...(result.servers.includes('relay')
          ? [ratio(figure(result, key, 'relay', result.main))]
          : []),
        `${number(100 * share, 0)} %${wasSaturated(result, key, server) ? ' †' : ''}`,
      ]
    }),
  )
}

function goalsOf(result) {
  const judged = judgedGoals(result)
  if (judged.length === 0) return ''
  return table(
    ['goal', 'measured', ''],
    judged.map((goal) => [
      wordsOf(result, goal),
      measuredOf(goal),
      goal.met ? 'met' : '**missed**',
    ]),
  )
}

/** What a goal is about, in words. */
export function subjectOf(result, { variant, key }) {
  const { label } = result.variants.find((one) => one.key === variant)
  const column = result.columns.find((one) => one.key === key)
  return [label, column.label].filter(Boolean).join(': ')
}

const nameOf = (to) => (to === 'peer' ? 'best peer' : to)

function wordsOf(result, goal) {
  const limit =
    goal.to === null ? `≤ ${goal.limit}` : `≤ ${goal.limit.toFixed(2)} × ${nameOf(goal.to)}`
  return `${subjectOf(result, goal)} ${limit}${goal.plusFsync ? ' + one fsync (p50)' : ''}`
}

function measuredOf({ to, value, ours, other }) {
  if (to === null) return number(ours, 2)
  return `${number(value, 2)} × (${number(ours, 2)} to ${number(other, 2)})`
}
