// Ours beside the peers: the same documents, clients and machine, by turns. Figures, goals and conditions go into
// `.cache/bench.json`, of which `docs/benchmarks.md` and its chart are made; a mode that is run alone renews its own
// section and leaves the others.
//   npm run bench                          lists the modes and runs the fan-out
//   npm run bench -- all                   every mode
//   npm run bench -- hot-room joins        these
// Trials, which leave `docs/` alone and write `.cache/bench-trial.json` and `.cache/bench-trial.md`:
//   ROUNDS=1 ONLY=ours,relay VARIANTS=200,500 npm run bench -- fan-out
//   PROFILE=1 …                            profiles the main thread of ours meanwhile, into `.cache/bench-profiles`
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chartOf } from './bench/chart.mjs'
import { figure, judgedGoals, wasSaturated } from './bench/figures.mjs'
import { describeMachine, loadNow, measureFsync, pinGenerator } from './bench/machine.mjs'
import { changes } from './bench/modes/diff.mjs'
import { editorPage } from './bench/modes/editor.mjs'
import { fanOut } from './bench/modes/fanOut.mjs'
import { idleRooms } from './bench/modes/idle.mjs'
import { joins } from './bench/modes/joins.mjs'
import { stored } from './bench/modes/stored.mjs'
import { storm } from './bench/modes/storm.mjs'
import { acknowledged, hotRoom, manyRooms, quietRoom } from './bench/modes/typing.mjs'
import { pageOf } from './bench/report.mjs'
import { endServers, prepareServer } from './bench/servers.mjs'
import { isTrial, isWanted, isWantedVariant, ROUNDS } from './bench/settings.mjs'
import { World } from './bench/World.mjs'
import { build, fail, install, ROOT, requireNode } from './prepare.mjs'

const MODES = [
  fanOut,
  hotRoom,
  manyRooms,
  quietRoom,
  acknowledged,
  joins,
  storm,
  idleRooms,
  stored,
  editorPage,
  changes,
]
/** Several times what the slowest takes. */
const RUN_LIMIT_MS = 180_000
const wanted = modesWanted(process.argv.slice(2))

requireNode()
await install()
await build()
const files = {}
const says = {}
// Ours makes the documents for all.
for (const server of new Set(wanted.flatMap(({ servers }) => servers)))
  if (isWanted(server) || server === 'ours') {
    const prepared = await prepareServer(server)
    files[server] = prepared.file
    says[server] = prepared.says
  }
// Building makes use of all cores; from here on this process makes the load.
pinGenerator()
const world = new World(files)
const started = performance.now()
for (const mode of wanted) {
  const began = performance.now()
  keep(await runMode(mode))
  console.log(`${mode.name} took ${((performance.now() - began) / 60_000).toFixed(1)} minutes`)
}
console.log(`all of it took ${((performance.now() - started) / 60_000).toFixed(1)} minutes`)
process.exit(0)

function modesWanted(names) {
  const known = MODES.map(({ name }) => name)
  if (names.length === 0) console.log(`modes: ${known.join(', ')}, all; this is ${known[0]}`)
  for (const name of names)
    if (name !== 'all' && !known.includes(name))
      fail(`${name} is no mode; there are ${known.join(', ')} and all.`)
  if (names.includes('all')) return MODES
  return MODES.filter(
    ({ name }) => names.includes(name) || (names.length === 0 && name === known[0]),
  )
}

async function runMode({ measure, ...mode }) {
  const load = [loadNow()]
  const before = measureFsync()
  const variants = mode.variants.filter(({ key }) => isWantedVariant(key))
  const runs = {}
  const failures = []
  for (const variant of variants) {
    const servers = (variant.servers ?? mode.servers).filter(isWanted)
    runs[variant.key] = Object.fromEntries(servers.map((server) => [server, []]))
    for (let round = 1; round <= ROUNDS; round += 1)
      for (const server of servers) {
        const run = await within(measure(world, server, variant)).catch((cause) => {
          failures.push(`${server}, ${variant.label || mode.name}: ${cause.message}`)
          return null
        })
        if (run === null) {
          console.error(`failed: ${failures.at(-1)}`)
          continue
        }
        runs[variant.key][server].push(run)
        const { label, digits } = mode.columns.find(({ key }) => key === mode.main)
        const value = Number.isFinite(run[mode.main]) ? run[mode.main].toFixed(digits) : '–'
        console.log(
          `${mode.name} ${variant.label || ''} ${round}/${ROUNDS} ${server}: ${value} ${label}` +
            ` (generator ${(100 * run.generator).toFixed(0)} %)`,
        )
      }
  }
  load.push(loadNow())
  const after = measureFsync()
  const fsync = { p50: (before.p50 + after.p50) / 2, p95: Math.max(before.p95, after.p95) }
  const servers = Object.fromEntries(
    mode.servers.filter(isWanted).map((name) => [name, says[name]]),
  )
  const conditions = { ...describeMachine(), rounds: ROUNDS, load, fsync, servers }
  const { name, title, about, main, columns } = mode
  const result = { mode: name, at: new Date().toISOString(), title, about, main, columns }
  return { ...result, servers: mode.servers, variants, conditions, runs, failures }
}

/** A server may be so busy with itself that it answers no more; the others get their turn all the same. */
async function within(run) {
  const limit = setTimeout(endServers, RUN_LIMIT_MS)
  try {
    return await run
  } finally {
    clearTimeout(limit)
  }
}

function keep(result) {
  show(result)
  const folder = path.join(ROOT, '.cache')
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, isTrial ? 'bench-trial.json' : 'bench.json')
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  // Through JSON, so that the page is made of what is in the file.
  const results = JSON.parse(JSON.stringify({ ...kept, [result.mode]: result }))
  writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`)
  const shown = MODES.flatMap(({ name }) => results[name] ?? [])
  const page = isTrial ? path.join(folder, 'bench-trial.md') : path.join(ROOT, 'docs/benchmarks.md')
  const chart = page.replace(/\.md$/, '.svg')
  writeFileSync(page, pageOf(shown, path.basename(chart)))
  writeFileSync(chart, chartOf(shown))
  console.log(`written to ${path.relative(ROOT, file)} and ${path.relative(ROOT, page)}${os.EOL}`)
}

function show(result) {
  const rows = {}
  for (const [variant, servers] of Object.entries(result.runs))
    for (const server of Object.keys(servers))
      rows[`${variant} ${server}`] = {
        ...Object.fromEntries(
          result.columns.map(({ key, label, digits }) => [
            label,
            Number(figure(result, variant, server, key).toFixed(digits)),
          ]),
        ),
        saturated: wasSaturated(result, variant, server),
      }
  console.log(result.title)
  console.table(rows)
  for (const { variant, key, to, limit, value, met } of judgedGoals(result))
    console.log(
      `  ${met ? 'met   ' : 'MISSED'} ${variant} ${key} ${value.toFixed(2)} ${to ? `× ${to} ` : ''}(goal ${limit})`,
    )
}
