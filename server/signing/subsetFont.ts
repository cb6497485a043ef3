import type { TrueTypeFont } from './trueTypeFont.ts'

/**
 * A TrueType file with the outlines of the wanted glyphs alone, under their old numbers, and only the tables that a
 * PDF uses: a signature's text costs tens of kilobytes instead of half a megabyte.
 */
export function subsetFont(font: TrueTypeFont, wanted: Iterable<number>): Buffer {
  const offsets = glyphOffsets(font)
  const glyf = font.table('glyf')
  const keep = withParts(glyf, offsets, wanted)
  const outlines: Buffer[] = []
  const loca = Buffer.alloc(4 * (font.glyphCount + 1))
  let at = 0
  for (let glyph = 0; glyph < font.glyphCount; glyph += 1) {
    loca.writeUInt32BE(at, 4 * glyph)
    if (!keep.has(glyph)) continue
    const outline = glyf.subarray(offsets[glyph], offsets[glyph + 1])
    outlines.push(outline)
    at += outline.length
  }
  loca.writeUInt32BE(at, 4 * font.glyphCount)
  const head = Buffer.from(font.table('head'))
  head.writeInt16BE(1, 50)
  return assemble({
    'cvt ': font.table('cvt '),
    fpgm: font.table('fpgm'),
    glyf: Buffer.concat(outlines),
    head,
    hhea: font.table('hhea'),
    hmtx: font.table('hmtx'),
    loca,
    maxp: font.table('maxp'),
    prep: font.table('prep'),
  })
}

function glyphOffsets(font: TrueTypeFont): number[] {
  const loca = font.table('loca')
  const long = font.table('head').readInt16BE(50) === 1
  return Array.from({ length: font.glyphCount + 1 }, (_, i) =>
    long ? loca.readUInt32BE(4 * i) : 2 * loca.readUInt16BE(2 * i),
  )
}

const MORE_PARTS = 0x20

/** A letter with marks is often put together from other glyphs: they must come along. */
function withParts(
  glyf: Buffer,
  offsets: readonly number[],
  wanted: Iterable<number>,
): ReadonlySet<number> {
  const keep = new Set<number>()
  const open = [0, ...wanted]
  for (let glyph = open.pop(); glyph !== undefined; glyph = open.pop()) {
    if (keep.has(glyph)) continue
    keep.add(glyph)
    const [start = 0, end = 0] = [offsets[glyph], offsets[glyph + 1]]
    if (end - start < 10 || glyf.readInt16BE(start) >= 0) continue
    let at = start + 10
    for (let flags = MORE_PARTS; flags & MORE_PARTS; ) {
      flags = glyf.readUInt16BE(at)
      open.push(glyf.readUInt16BE(at + 2))
      at += 4 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0)
    }
  }
  return keep
}

function assemble(tables: Record<string, Buffer>): Buffer {
  const tags = Object.keys(tables).sort()
  const power = 2 ** Math.floor(Math.log2(tags.length))
  const header = Buffer.alloc(12 + 16 * tags.length)
  header.writeUInt32BE(0x00010000, 0)
  header.writeUInt16BE(tags.length, 4)
  header.writeUInt16BE(16 * power, 6)
  header.writeUInt16BE(Math.log2(power), 8)
  header.writeUInt16BE(16 * (tags.length - power), 10)
  const parts = [header]
  let at = header.length
  tags.forEach((tag, i) => {
    const table = tables[tag] ?? Buffer.alloc(0)
    const padded = Buffer.alloc(Math.ceil(table.length / 4) * 4)
    table.copy(padded)
    header.write(tag, 12 + 16 * i, 'latin1')
    header.writeUInt32BE(checksum(padded), 12 + 16 * i + 4)
    header.writeUInt32BE(at, 12 + 16 * i + 8)
    header.writeUInt32BE(table.length, 12 + 16 * i + 12)
    parts.push(padded)
    at += padded.length
  })
  return Buffer.concat(parts)
}

function checksum(padded: Buffer): number {
  let sum = 0
  for (let i = 0; i < padded.length; i += 4) sum = (sum + padded.readUInt32BE(i)) >>> 0
  return sum
}
