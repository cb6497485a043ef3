import { readFileSync, writeFileSync } from 'node:fs'

const BEGIN = '<!-- planted bugs: written by `npm run sabotage` -->'
const END = '<!-- end of planted bugs -->'
const HEAD = ['| Planted bug | What it would mean | Found by |', '| --- | --- | --- |']

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/**
 * Writes what was found between the marks in the document; plants that were not run keep the row they had.
 * @param found by name of the plant: `{ file, title }` of the test, or null
 */
export function writeTable(file, plants, found) {
  const text = readFileSync(file, 'utf8')
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)]
  if (from < 0 || to < from) throw new Error(`${file} has no place for the table`)
  const before = new Map(
    text
      .slice(from, to)
      .split('\n')
      .flatMap((line) => {
        const [, name] = /^\| `([\w-]+)` \|/.exec(line) ?? []
        return name ? [[name, line]] : []
      }),
  )
  const rows = plants.flatMap(({ name, why }) => {
    if (!found.has(name)) return before.has(name) ? [before.get(name)] : []
    const by = found.get(name)
    const suite = by ? `\`${by.file}\`: ${cell(by.title)}` : '**nothing**'
    return [`| \`${name}\` | ${cell(why)} | ${suite} |`]
  })
  const table = [BEGIN, '', ...HEAD, ...rows, '', ''].join('\n')
  writeFileSync(file, text.slice(0, from) + table + text.slice(to))
}
