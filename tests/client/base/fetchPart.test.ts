import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import { fetchPart } from '../../../client/base/fetchPart.ts'

const client = fileURLToPath(new URL('../../../client', import.meta.url))
/** What Chromium, Firefox, Safari and Vite's loader of style sheets say. */
const NOT_FETCHED = [
  'Failed to fetch dynamically imported module: http://localhost/assets/sendTails-x.js',
  'error loading dynamically imported module: http://localhost/assets/sendTails-x.js',
  'Importing a module script failed.',
  'Unable to preload CSS for /assets/DeskPage-x.css',
]
const failing = (message: string) => () => Promise.reject(new TypeError(message))

afterEach(() => vi.unstubAllGlobals())

test('a part of the program that cannot be fetched is a failure of the network, in every browser', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  for (const message of NOT_FETCHED)
    await expect(fetchPart(failing(message))).rejects.toMatchObject({ code: 'network', status: 0 })
})

test('where the server answers and only the part is gone, there is a newer version of the program', async () => {
  vi.stubGlobal('fetch', async () => new Response('<!doctype html>'))
  for (const message of NOT_FETCHED)
    await expect(fetchPart(failing(message))).rejects.toMatchObject({ code: 'protocol/outdated' })
})

test('a server that is starting again has no newer version', async () => {
  vi.stubGlobal('fetch', async () => new Response('', { status: 502 }))
  await expect(fetchPart(failing(NOT_FETCHED[0] ?? ''))).rejects.toMatchObject({ code: 'network' })
})

test('a part that was fetched and fails is a mistake of ours, and stays one', async () => {
  const mistake = new TypeError('x is not a function')
  await expect(fetchPart(() => Promise.reject(mistake))).rejects.toBe(mistake)
  expect(await fetchPart(async () => 'part')).toBe('part')
})

test('every part that is fetched late goes this way', () => {
  const files = readdirSync(client, { recursive: true, encoding: 'utf8' })
  const late = files
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => readFileSync(`${client}/${file}`, 'utf8').match(/.*\bimport\(.*/g) ?? [])
  expect(late.length).toBeGreaterThan(0)
  const goodWay = /(fetchPart\(|usePart\('\w+', )\(\) => import\('[^']+'\)/
  expect(late.filter((line) => !goodWay.test(line))).toEqual([])
})
