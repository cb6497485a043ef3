// Installs the servers we are compared with into `.cache/bench-peers`, each in a folder of its own: they need
// different majors of Yjs. Nothing of them is a dependency of the product.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fail, ROOT, runQuietly } from '../prepare.mjs'

const CACHE = path.join(ROOT, '.cache/bench-peers')
const ADDON = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'

const ours = (name) =>
  JSON.parse(readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version

/** Without these overrides 0.1.5 cannot be installed, or installs and throws on every update. */
const YWS = { '@y/protocols': '1.0.6-1', yjs: '14.0.0-16' }
const HOCUSPOCUS = {
  yjs: ours('yjs'),
  'y-protocols': ours('y-protocols'),
  'better-sqlite3': ours('better-sqlite3'),
}

/** @returns the folder of the peer's packages and its server file */
export async function installPeer(name) {
  const wanted = {
    yws: { dependencies: { '@y/websocket-server': '0.1.5', ...YWS }, overrides: YWS },
    hocuspocus: {
      dependencies: {
        '@hocuspocus/server': '4.7.0',
        '@hocuspocus/extension-sqlite': '4.7.0',
        ...HOCUSPOCUS,
      },
      overrides: HOCUSPOCUS,
    },
  }[name]
  const folder = path.join(CACHE, name)
  mkdirSync(folder, { recursive: true })
  const manifest = JSON.stringify({ private: true, type: 'module', ...wanted }, null, 2)
  const file = path.join(folder, 'package.json')
  const lock = path.join(folder, 'node_modules/.package-lock.json')
  if (!existsSync(lock) || readFileSync(file, 'utf8') !== manifest) {
    writeFileSync(file, manifest)
    // --force: Hocuspocus 4.7 asks for Node 22 and runs on 20 all the same.
    const args = ['install', '--ignore-scripts', '--force', '--no-audit', '--no-fund']
    const status = await runQuietly('npm', [...args, '--prefix', folder], `installing ${name}`)
    if (status !== 0) fail(`${name} could not be installed; npm's output is above.`)
  }
  if (name === 'hocuspocus') {
    // The same version as ours, compiled already.
    mkdirSync(path.dirname(path.join(folder, ADDON)), { recursive: true })
    copyFileSync(path.join(ROOT, ADDON), path.join(folder, ADDON))
  }
  const server = path.join(folder, 'server.mjs')
  copyFileSync(path.join(ROOT, `scripts/bench/${name}Server.mjs`), server)
  return server
}
