import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build, check, fail, install, onPath, ROOT, requireNode, runQuietly } from './prepare.mjs'

/** Programs the suites ask for a second opinion, the Debian package of each, and what stays untested without it. */
const TOOLS = [
  // Without windows it starts faster and needs half of the machine; a whole one does as well.
  {
    tool: 'chromium-headless-shell',
    instead: 'chromium',
    packages: ['chromium-headless-shell'],
    suite: 'browser',
  },
  { tool: 'pdfsig', packages: ['poppler-utils'], suite: 'outside opinions on PDF files' },
  { tool: 'qpdf', packages: ['qpdf'], suite: 'outside opinions on PDF files' },
  { tool: 'certutil', packages: ['libnss3-tools'], suite: 'outside opinions on PDF files' },
  { tool: 'openssl', packages: ['openssl'], suite: 'outside opinions on PDF files' },
  {
    tool: 'strace',
    packages: ['strace'],
    suite: 'crashes at every write, disk errors and power loss',
  },
]

requireNode()
await installTools()
await install()
await build()
await check('types', ['node_modules/typescript/bin/tsc', '--noEmit'])
await check('lint and format', ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'])
process.exitCode = await suites()

function hasBrowser() {
  return onPath('chromium-headless-shell') || onPath('chromium')
}

async function installTools() {
  const missing = TOOLS.filter(
    ({ tool, instead }) => !onPath(tool) && !(instead && onPath(instead)),
  )
  if (missing.length === 0) return
  const packages = [...new Set(missing.flatMap((entry) => entry.packages))]
  const isRoot = process.getuid?.() === 0
  if (isRoot && existsSync('/etc/debian_version')) {
    console.log(`nhat-tri: installing Debian packages: ${packages.join(' ')} …`)
    const apt = (args) =>
      runQuietly(
        'apt-get',
        ['-o', 'DPkg::Lock::Timeout=300', ...args],
        'installing Debian packages',
        {
          DEBIAN_FRONTEND: 'noninteractive',
        },
      )
    await apt(['update'])
    if ((await apt(['install', '-y', '--no-install-recommends', ...packages])) === 0) return
    fail(`apt-get install ${packages.join(' ')} did not succeed; its output is above.`)
  }
  console.log(`nhat-tri: not installed here: ${packages.join(' ')}. Skipped without them:`)
  for (const suite of new Set(missing.map((entry) => entry.suite))) console.log(`  ${suite}`)
  console.log(`  to run everything: apt-get install ${packages.join(' ')}`)
}

/** Browsers get the machine to themselves; a journey that waits for the other suites' CPU proves nothing. */
async function suites() {
  const rounds = [['unit', 'server', 'sync'], ...(hasBrowser() ? [['browser']] : [])]
  const folder = mkdtempSync(path.join(os.tmpdir(), 'nhat-tri-test-'))
  const total = { passed: 0, failed: 0, skipped: 0 }
  let worst = 0
  for (const projects of rounds) {
    const report = path.join(folder, `${projects.join('-')}.json`)
    const args = [
      path.join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
      '--silent=passed-only',
      ...process.argv.slice(2),
    ]
    const stdio = ['ignore', 'inherit', 'inherit']
    const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio })
    worst = Math.max(worst, status ?? 1)
    if (!existsSync(report)) continue
    const found = JSON.parse(readFileSync(report, 'utf8'))
    total.passed += found.numPassedTests
    total.failed += found.numFailedTests
    total.skipped += found.numPendingTests
  }
  rmSync(folder, { recursive: true })
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`)
  return worst
}
