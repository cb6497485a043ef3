import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** Who may import whom: ARCHITECTURE.md. The rules are judged on the source as it stands, by its import lines. */
const ROOT = fileURLToPath(new URL('..', import.meta.url))

const SHARED_PACKAGES = ['zod', 'yjs', 'lib0', 'y-protocols', '@noble/hashes', 'prosemirror-model']
/** Folders that know no feature: what everybody stands on. */
const FOUNDATIONS = ['base', 'platform', 'ui']

type Import = { from: string; to: string; typeOnly: boolean }

const sources = ['client', 'server', 'shared'].flatMap(filesUnder)
const imports = sources.flatMap(importsOf)

function filesUnder(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
}

function importsOf(from: string): Import[] {
  const text = readFileSync(path.join(ROOT, from), 'utf8')
  const pattern =
    /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm
  return [...text.matchAll(pattern)].map(([, type, named, dynamic]) => {
    const name = (named ?? dynamic) as string
    const to = name.startsWith('.') ? path.posix.join(path.posix.dirname(from), name) : name
    return { from, to, typeOnly: Boolean(type) }
  })
}

const side = (file: string) => file.split('/')[0] as string
const isOwn = (to: string) => /^(client|server|shared|tests)\//.test(to)

/** `server/sync/rooms.ts` → `server/sync`; a file at the top of a side belongs to no feature. */
const feature = (file: string) =>
  file.split('/').length > 2 ? file.split('/').slice(0, 2).join('/') : null

/** Every break of the rules in these imports, as a sentence. */
function breaches(list: readonly Import[]): string[] {
  return list.flatMap(({ from, to }) => {
    if (isOwn(to)) {
      const may = side(to) === 'shared' || side(to) === side(from)
      const foundation = FOUNDATIONS.includes(from.split('/')[1] ?? '')
      const downward = feature(to) === feature(from) || FOUNDATIONS.includes(to.split('/')[1] ?? '')
      if (!may) return [`${from} may not import ${to}: ${side(from)} knows only itself and shared`]
      if (foundation && side(to) === side(from) && !downward)
        return [`${from} may not import ${to}: foundations know no feature`]
      return []
    }
    const allowed = SHARED_PACKAGES.some((name) => to === name || to.startsWith(`${name}/`))
    if (side(from) === 'shared' && !allowed) return [`${from} may not import ${to}: shared is pure`]
    if (side(from) === 'client' && (to.startsWith('node:') || to === 'express' || to === 'ws'))
      return [`${from} may not import ${to}: it runs in a browser`]
    return []
  })
}

/** A cycle among feature folders of one side, as a path, or null. */
function cycle(list: readonly Import[]): string[] | null {
  const edges = new Map<string, Set<string>>()
  for (const { from, to } of list) {
    const [a, b] = [feature(from), isOwn(to) ? feature(to) : null]
    if (!a || !b || a === b || side(a) !== side(b)) continue
    edges.set(a, (edges.get(a) ?? new Set()).add(b))
  }
  const done = new Set<string>()
  const visit = (node: string, trail: readonly string[]): string[] | null => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node]
    if (done.has(node)) return null
    for (const next of edges.get(node) ?? []) {
      const found = visit(next, [...trail, node])
      if (found) return found
    }
    done.add(node)
    return null
  }
  for (const node of edges.keys()) {
    const found = visit(node, [])
    if (found) return found
  }
  return null
}

test('every import goes where the architecture allows', () => {
  expect(breaches(imports)).toEqual([])
})

test('feature folders form no cycle', () => {
  expect(cycle(imports)).toBeNull()
})

test('the judge sees a planted breach and a planted cycle', () => {
  const planted = (from: string, to: string) => ({ from, to, typeOnly: false })
  expect(breaches([planted('client/app/App.tsx', 'server/app.ts')])).toHaveLength(1)
  expect(breaches([planted('shared/clauses/hash.ts', 'client/base/api.ts')])).toHaveLength(1)
  expect(breaches([planted('shared/clauses/hash.ts', 'node:crypto')])).toHaveLength(1)
  expect(breaches([planted('server/platform/http.ts', 'server/sync/rooms.ts')])).toHaveLength(1)
  expect(
    cycle([
      planted('server/sync/rooms.ts', 'server/locking/lockDocument.ts'),
      planted('server/locking/lockDocument.ts', 'server/sync/rooms.ts'),
    ]),
  ).toEqual(['server/sync', 'server/locking', 'server/sync'])
})

test('shared keeps no clock, no chance and no surroundings', () => {
  const impure = /\b(Date\.now|new Date\(\)|Math\.random|process\.|window\.|document\.cookie)/
  const found = sources
    .filter((file) => side(file) === 'shared')
    .filter((file) => impure.test(readFileSync(path.join(ROOT, file), 'utf8')))
  expect(found).toEqual([])
})

test('[B55] there is one Yjs', () => {
  const installed = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, unknown>
  }
  for (const name of ['yjs', 'lib0', 'y-protocols', 'prosemirror-model'])
    expect(
      Object.keys(installed.packages).filter((place) => place.endsWith(`node_modules/${name}`)),
    ).toHaveLength(1)
})
