// Server CPU per delivered edit, ours beside the peers: same document, same clients, same machine, by turns.
//   npm run bench                 200 clients, 10 of whom type 5 characters a second; median of 3 windows of 3 s
//   CLIENTS=500 ROUNDS=5 ONLY=ours,relay npm run bench
import { mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { doorsOf, openClients } from './bench/loadClients.mjs'
import { pins, prepareServer, SERVERS, startServer } from './bench/servers.mjs'
import { build, fail, install, ROOT, requireNode } from './prepare.mjs'

const number = (name, otherwise) => {
  const value = Number(process.env[name] ?? otherwise)
  if (!(value > 0)) fail(`${name} has to be a number above 0.`)
  return value
}
const CLIENTS = number('CLIENTS', 200)
const WRITERS = Math.min(CLIENTS, number('WRITERS', 10))
const RATE = number('RATE', 5)
const SECONDS = number('SECONDS', 3)
const ROUNDS = number('ROUNDS', 3)
const only = process.env.ONLY?.split(',') ?? SERVERS
const WARM_UP_S = 1

requireNode()
await install()
await build()
const names = SERVERS.filter((name) => only.includes(name))
const files = {}
for (const name of names) files[name] = await prepareServer(name)
const base = await stateOfOurs()
const load = [os.loadavg()[0]]
const runs = Object.fromEntries(names.map((name) => [name, []]))
for (let round = 1; round <= ROUNDS; round += 1)
  for (const name of names) {
    const run = await measure(name)
    runs[name].push(run)
    console.log(
      `round ${round} of ${ROUNDS}: ${name} ${run.cpuUs.toFixed(1)} µs per delivered edit` +
        `, p50 ${run.p50.toFixed(1)} ms, p95 ${run.p95.toFixed(1)} ms, lost ${run.lost}`,
    )
  }
load.push(os.loadavg()[0])
report()
process.exit(0)

/** The text of a fresh sample covenant, which the peers are filled with too. */
async function stateOfOurs() {
  const { file } = await prepareServer('ours')
  const server = await startServer('ours', file)
  const doors = await doorsOf('ours', server, 1)
  const clients = await openClients({ name: 'ours', doors, base: null, writers: 0 })
  clients.close()
  await server.stop()
  return clients.state
}

async function measure(name) {
  const server = await startServer(name, files[name].file)
  try {
    const doors = await doorsOf(name, server, CLIENTS)
    const clients = await openClients({ name, doors, base, writers: WRITERS })
    await clients.type(RATE, WARM_UP_S)
    const before = await server.usage()
    const { delivered, lost, latencies } = await clients.type(RATE, SECONDS)
    const after = await server.usage()
    clients.close()
    const sorted = latencies.sort((a, b) => a - b)
    const at = (share) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
    const cpuUs = (after.cpuUs - before.cpuUs) / delivered
    return { cpuUs, p50: at(0.5), p95: at(0.95), rssMiB: after.rss / 2 ** 20, delivered, lost }
  } finally {
    await server.stop()
  }
}

function report() {
  const median = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]
  const of = (name, key) => runs[name].map((run) => run[key])
  const floor = runs.relay ? median(of('relay', 'cpuUs')) : Number.NaN
  const rows = names.map((name) => {
    const cpu = of(name, 'cpuUs')
    const ms = (key) => median(of(name, key)).toFixed(1)
    return {
      server: name,
      'CPU µs/edit': median(cpu).toFixed(1),
      'from–to': `${Math.min(...cpu).toFixed(1)}–${Math.max(...cpu).toFixed(1)}`,
      'to relay': (median(cpu) / floor).toFixed(2),
      'p50 ms': ms('p50'),
      'p95 ms': ms('p95'),
      'RSS MiB': median(of(name, 'rssMiB')).toFixed(0),
      lost: of(name, 'lost').reduce((a, b) => a + b, 0),
    }
  })
  const conditions = {
    at: new Date().toISOString(),
    node: process.version,
    cpu: `${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown'}`,
    load: load.map((value) => value.toFixed(1)).join(' → '),
    pinned: pins ? 'server on core 0' : 'no',
    clients: CLIENTS,
    writers: WRITERS,
    rate: `${RATE} edits/s each, one character an edit`,
    window: `${SECONDS} s after ${WARM_UP_S} s of warm-up, median of ${ROUNDS}, by turns`,
  }
  console.table(Object.fromEntries(rows.map(({ server, ...row }) => [server, row])))
  for (const [key, value] of Object.entries(conditions)) console.log(`  ${key}: ${value}`)
  for (const name of names) console.log(`  ${name}: ${files[name].says}`)
  const folder = path.join(ROOT, '.cache')
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, 'bench.json')
  writeFileSync(file, `${JSON.stringify({ conditions, rows, runs }, null, 2)}\n`)
  console.log(`written to ${path.relative(ROOT, file)}`)
}
