// One bar per goal that is a ratio: ours as a share of what it is held against, and where the goal lies.
import { judgedGoals } from './figures.mjs'
import { subjectOf } from './report.mjs'

const [WIDTH, LEFT, RIGHT, ROW, TOP] = [940, 490, 80, 24, 56]
const LONGEST = 1.5

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const x = (share) => LEFT + (Math.min(share, LONGEST) / LONGEST) * (WIDTH - LEFT - RIGHT)

/** @returns an SVG file, legible on any background */
export function chartOf(results) {
  const goals = results.flatMap((result) =>
    judgedGoals(result)
      .filter(({ to, plusFsync }) => to !== null && !plusFsync)
      .map((goal) => ({ ...goal, text: textOf(result, goal) })),
  )
  const height = TOP + goals.length * ROW + 16
  const bottom = height - 12
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Ours as a share of what it is held against; shorter is better">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="16" y="22" font-size="15" font-weight="600" fill="#1a1a1a">Ours ÷ the other (1 = as much; shorter is better)</text>`,
    `<text x="16" y="42" fill="#555">bar: measured · dark tick: goal · light line: 1</text>`,
    `<line x1="${x(1)}" y1="${TOP - 6}" x2="${x(1)}" y2="${bottom}" stroke="#bbb"/>`,
    ...goals.flatMap((goal, i) => rowOf(goal, TOP + i * ROW)),
    '</svg>',
    '',
  ].join('\n')
}

function textOf(result, goal) {
  const to = goal.to === 'peer' ? 'best peer' : goal.to
  return `${result.mode} · ${subjectOf(result, goal)} ÷ ${to}`
}

function rowOf({ text, value, limit, met }, y) {
  const at = x(limit).toFixed(1)
  return [
    `<text x="${LEFT - 10}" y="${y + 15}" text-anchor="end" fill="#1a1a1a">${escaped(text)}</text>`,
    `<rect x="${LEFT}" y="${y + 4}" width="${(x(value) - LEFT).toFixed(1)}" height="15" fill="${met ? '#2f7d5b' : '#b5532b'}"/>`,
    `<line x1="${at}" y1="${y + 1}" x2="${at}" y2="${y + 22}" stroke="#1a1a1a" stroke-width="2"/>`,
    `<text x="${(Math.max(x(value), x(limit)) + 6).toFixed(1)}" y="${y + 15}" fill="#1a1a1a">${value.toFixed(2)}${met ? '' : ' missed'}</text>`,
  ]
}
