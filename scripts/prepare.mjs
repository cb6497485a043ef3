// What `npm start`, `npm test` and the commands share. Plain Node: nothing is installed yet when this runs.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const at = (...parts) => path.join(ROOT, ...parts)

export function fail(line) {
  console.error(`nhat-tri: ${line}`)
  process.exit(1)
}

/** engines are only a warning in npm, and a native module on the wrong Node crashes without a word. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22
  if (!fits)
    fail(`Node 20.19 or newer (or 22.12 or newer) is needed; this is ${process.versions.node}.`)
}

/** Runs `npm ci` when node_modules does not match the lockfile, with a sign of life while it lasts. */
export async function install() {
  if (installed()) return
  // npm would empty the folder that the link leads to, which others may be using.
  if (lstatSync(at('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink())
    fail('node_modules is a link and does not match package-lock.json; install where it leads to.')
  console.log('nhat-tri: installing packages (the first time takes two to five minutes) …')
  const status = await runQuietly(
    'npm',
    ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    'installing',
  )
  if (status !== 0) {
    const missing = ['python3', 'make', 'g++'].filter((tool) => !onPath(tool))
    if (missing.length > 0)
      fail(
        `SQLite has to be compiled here and ${missing.join(', ')} is missing. On Debian: apt-get install python3 make g++`,
      )
    fail('npm ci did not succeed; its output is above.')
  }
  if (!installed()) fail('node_modules still does not match package-lock.json after npm ci.')
}

function installed() {
  if (!existsSync(at('node_modules/.package-lock.json'))) return false
  const wanted = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages
  const found = JSON.parse(readFileSync(at('node_modules/.package-lock.json'), 'utf8')).packages
  for (const [place, { version, optional, devOptional }] of Object.entries(wanted)) {
    if (place === '') continue
    // An optional package for another platform is rightly absent.
    if (!found[place] && (optional || devOptional)) continue
    if (found[place]?.version !== version) return false
    if (!existsSync(at(place))) return false
  }
  return existsSync(at('node_modules/better-sqlite3/build/Release/better_sqlite3.node'))
}

/** Builds when a source differs from the one the last build was made of. */
export async function build() {
  const wanted = sourceHash()
  const stamp = at('dist/.built-from')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('nhat-tri: building …')
  for (const args of [['build'], ['build', '--ssr']]) {
    const vite = at('node_modules/vite/bin/vite.js')
    const config = at('vite.config.ts')
    const command = [vite, ...args, '--config', config, '--logLevel', 'warn']
    // Asked for by a test it would otherwise come out as a test's: React with all its checks, and twice the size.
    const env = { NODE_ENV: 'production' }
    const status = await runQuietly(process.execPath, command, 'building', env)
    if (status !== 0) fail('the build did not succeed; its output is above.')
  }
  compressAssets(at('dist/client/assets'))
  writeFileSync(stamp, wanted)
}

/** Once and as small as they get, so that the server compresses nothing while somebody waits. */
function compressAssets(folder) {
  for (const name of readdirSync(folder)) {
    if (!/\.(js|css|svg)$/.test(name)) continue
    const bytes = readFileSync(path.join(folder, name))
    writeFileSync(path.join(folder, `${name}.br`), brotliCompressSync(bytes))
    writeFileSync(path.join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }))
  }
}

/** What a build is made of; `build` notes it in `dist/.built-from`. */
export function sourceHash() {
  const hash = createHash('sha256')
  for (const place of [
    'client',
    'server',
    'shared',
    'vite.config.ts',
    'package-lock.json',
    'package.json',
  ])
    for (const file of filesUnder(at(place))) {
      hash.update(path.relative(ROOT, file))
      hash.update(readFileSync(file))
    }
  return hash.digest('hex')
}

function* filesUnder(place) {
  const entries = readdirOrNull(place)
  if (entries === null) {
    if (existsSync(place)) yield place
    return
  }
  for (const entry of entries.sort()) yield* filesUnder(path.join(place, entry))
}

function readdirOrNull(place) {
  try {
    return readdirSync(place)
  } catch {
    // Not a folder.
    return null
  }
}

export const onPath = (tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0

/** Shows the output of a command only when it fails, and every ten seconds that it still lives. */
export async function runQuietly(command, args, doing, env = {}) {
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let output = ''
  child.stdout.on('data', (data) => (output += data))
  child.stderr.on('data', (data) => (output += data))
  const started = Date.now()
  const sign = setInterval(() => {
    console.log(`nhat-tri: still ${doing} … ${Math.round((Date.now() - started) / 1000)} s`)
  }, 10_000)
  const status = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += String(error)
      resolve(1)
    })
    child.once('close', resolve)
  })
  clearInterval(sign)
  if (status !== 0) console.error(output)
  return status
}

/** Runs one of the package's own checkers. */
export async function check(what, args) {
  const status = await runQuietly(process.execPath, args, `checking ${what}`)
  if (status !== 0) fail(`${what}: not clean; the report is above.`)
}
