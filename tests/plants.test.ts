import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

type Plant = {
  name: string
  edits: { file: string; find: string; replace: string }[]
  suites: (string | [file: string, titles: string])[]
}

const ROOT = path.resolve(import.meta.dirname, '..')
const place = pathToFileURL(path.join(ROOT, 'scripts/sabotage/plants.mjs')).href
const { PLANTS } = (await import(place)) as { PLANTS: readonly Plant[] }

const textOf = (file: string) => {
  const at = path.join(ROOT, file)
  return existsSync(at) ? readFileSync(at, 'utf8') : ''
}

/** `npm run sabotage` takes hours; that its bugs can still be planted is seen at once. */
test('every planted bug stands exactly once in the source, and its suites are there', () => {
  const misfits = PLANTS.flatMap(({ name, edits, suites }) => [
    ...edits
      .filter(({ file, find }) => textOf(file).split(find).length !== 2)
      .map(({ file }) => `${name}: ${file}`),
    ...suites
      .map((suite) => (typeof suite === 'string' ? suite : suite[0]))
      .filter((file) => textOf(file) === '')
      .map((file) => `${name}: no ${file}`),
  ])
  expect(misfits).toEqual([])
  expect(PLANTS.length).toBeGreaterThanOrEqual(20)
})
