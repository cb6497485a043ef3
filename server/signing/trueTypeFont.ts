/** As much of a TrueType file as printing a line of text in a PDF needs. */
export class TrueTypeFont {
  readonly unitsPerEm: number
  readonly glyphCount: number
  readonly #file: Buffer
  readonly #tables: ReadonlyMap<string, { offset: number; length: number }>
  readonly #glyphs: ReadonlyMap<number, number>
  readonly #longMetrics: number

  constructor(file: Buffer) {
    this.#file = file
    const tables = new Map<string, { offset: number; length: number }>()
    for (let i = 0; i < file.readUInt16BE(4); i += 1) {
      const at = 12 + 16 * i
      const offset = file.readUInt32BE(at + 8)
      tables.set(file.toString('latin1', at, at + 4), {
        offset,
        length: file.readUInt32BE(at + 12),
      })
    }
    this.#tables = tables
    this.unitsPerEm = file.readUInt16BE(this.#at('head') + 18)
    this.glyphCount = file.readUInt16BE(this.#at('maxp') + 4)
    this.#longMetrics = file.readUInt16BE(this.#at('hhea') + 34)
    this.#glyphs = readCmap(this.table('cmap'))
  }

  #at(tag: string): number {
    const table = this.#tables.get(tag)
    if (!table) throw new Error(`font table ${tag} is missing`)
    return table.offset
  }

  table(tag: string): Buffer {
    const offset = this.#at(tag)
    return this.#file.subarray(offset, offset + (this.#tables.get(tag)?.length ?? 0))
  }

  /** Code points that have a glyph. */
  codePoints(): IterableIterator<number> {
    return this.#glyphs.keys()
  }

  /** Glyph of a code point; undefined where the font has none. */
  glyph(codePoint: number): number | undefined {
    return this.#glyphs.get(codePoint)
  }

  /** Advance width in thousandths of the font size. */
  width(glyph: number): number {
    const entry = Math.min(glyph, this.#longMetrics - 1)
    const units = this.#file.readUInt16BE(this.#at('hmtx') + 4 * entry)
    return Math.round((units * 1000) / this.unitsPerEm)
  }
}

/** Formats 4 and 12 of the Unicode sub-tables, which is what Tinos has. */
function readCmap(cmap: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>()
  for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
    const platform = cmap.readUInt16BE(4 + 8 * i)
    const table = cmap.subarray(cmap.readUInt32BE(8 + 8 * i))
    const format = table.readUInt16BE(0)
    if (platform !== 0 && platform !== 3) continue
    if (format === 4) readFormat4(table, glyphs)
    else if (format === 12) readFormat12(table, glyphs)
  }
  return glyphs
}

function readFormat4(table: Buffer, glyphs: Map<number, number>): void {
  const doubled = table.readUInt16BE(6)
  const [ends, starts] = [14, 16 + doubled]
  const [deltas, ranges] = [starts + doubled, starts + 2 * doubled]
  for (let s = 0; s < doubled; s += 2) {
    const delta = table.readUInt16BE(deltas + s)
    const range = table.readUInt16BE(ranges + s)
    const start = table.readUInt16BE(starts + s)
    for (let code = start; code <= table.readUInt16BE(ends + s) && code < 0xffff; code += 1) {
      const raw = range === 0 ? code : table.readUInt16BE(ranges + s + range + 2 * (code - start))
      if (range !== 0 && raw === 0) continue
      const glyph = (raw + delta) & 0xffff
      if (glyph !== 0) glyphs.set(code, glyph)
    }
  }
}

function readFormat12(table: Buffer, glyphs: Map<number, number>): void {
  for (let g = 0; g < table.readUInt32BE(12); g += 1) {
    const at = 16 + 12 * g
    const [start, end] = [table.readUInt32BE(at), table.readUInt32BE(at + 4)]
    for (let code = start; code <= end; code += 1)
      glyphs.set(code, table.readUInt32BE(at + 8) + code - start)
  }
}
