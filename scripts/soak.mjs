// The long sizes of the fuzz, crash and attack suites. A failing seed prints the command that replays it alone.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { build, install, ROOT, requireNode } from './prepare.mjs'

/** Suites that know a long size. */
const SUITES = [
  'tests/server/agreements/matrix.test.ts',
  'tests/sync/manyClients.test.ts',
  'tests/sync/bounds.test.ts',
  'tests/sync/reconnects.test.ts',
  'tests/sync/structure.test.ts',
  'tests/sync/tables.test.ts',
  'tests/sync/frames/bombs.test.ts',
  'tests/sync/frames/inProcess.test.ts',
  'tests/sync/frames/sockets.test.ts',
  'tests/sync/frames/upgrades.test.ts',
  'tests/sync/kill9.test.ts',
  'tests/sync/crash',
]

requireNode()
await install()
await build()
const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs')
const wanted = process.argv.slice(2)
const { status } = spawnSync(
  process.execPath,
  [
    vitest,
    'run',
    '--project',
    'server',
    '--project',
    'sync',
    // One after the other: what is measured must not share its cores with another suite.
    '--no-file-parallelism',
    '--reporter=verbose',
    ...(wanted.length > 0 ? wanted : SUITES),
  ],
  { cwd: ROOT, stdio: 'inherit', env: { ...process.env, SOAK: '1' } },
)
process.exitCode = status ?? 1
