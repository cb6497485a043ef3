import {
  isDict,
  type PdfDict,
  PdfError,
  PdfReader,
  PdfRef,
  type PdfStream,
  type PdfValue,
} from './pdfSyntax.ts'

/** One save of the file: its bytes reach from the end of the one before to its own `%%EOF`. */
export type PdfRevision = {
  start: number
  /** Behind `%%EOF`. */
  end: number
  xrefAt: number
  trailer: PdfDict
  /** Object number → offset. */
  objects: ReadonlyMap<number, number>
}

const MAX_REVISIONS = 200
const MAX_OBJECTS = 500_000

/**
 * A PDF read along its cross-reference chain (classical tables only, which is all that Typst and we write). Every
 * byte must belong to a listed object, a table or white space between: an object that no table lists is what makes
 * two readers show two documents.
 * @throws {PdfError} on anything else
 */
export class PdfFile {
  readonly bytes: Uint8Array
  /** Oldest first. */
  readonly revisions: readonly PdfRevision[]
  readonly #parsed = new Map<number, PdfValue>()

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.revisions = readRevisions(bytes)
    this.revisions.forEach((revision, i) => {
      this.#requireListed(revision, i)
    })
  }

  /** Value of an object as of a revision (counted from 0); undefined where there is none. */
  object(number: number, revision = this.revisions.length - 1): PdfValue | undefined {
    for (let i = revision; i >= 0; i -= 1) {
      const offset = this.revisions[i]?.objects.get(number)
      if (offset !== undefined) return this.#parsed.get(offset)
    }
    return undefined
  }

  /** Follows a reference; a stream or value that is none comes back as it is. */
  resolve(value: PdfValue | undefined, revision?: number): PdfValue | undefined {
    return value instanceof PdfRef ? this.object(value.number, revision) : value
  }

  dict(value: PdfValue | undefined, what: string, revision?: number): PdfDict {
    const resolved = this.resolve(value, revision)
    if (!isDict(resolved)) throw new PdfError(`${what} is not a dictionary`)
    return resolved
  }

  catalog(revision = this.revisions.length - 1): PdfDict {
    return this.dict(this.revisions[revision]?.trailer.get('Root'), 'catalog', revision)
  }

  #requireListed(revision: PdfRevision, index: number): void {
    const reader: PdfReader = new PdfReader(this.bytes, revision.start)
    if (index === 0) skipHeader(reader)
    const seen = new Set<number>()
    for (;;) {
      reader.skipWhite()
      if (reader.at >= revision.xrefAt) break
      const offset = reader.at
      const { number, value } = reader.indirect()
      if (revision.objects.get(number) !== offset)
        throw new PdfError(`object ${number} at byte ${offset} is not in the table`)
      seen.add(number)
      this.#parsed.set(offset, value)
    }
    if (reader.at !== revision.xrefAt || seen.size !== revision.objects.size)
      throw new PdfError('the table lists objects that are not there')
  }
}

/** `%PDF-1.7` and one comment line of high bytes. */
function skipHeader(reader: PdfReader): void {
  const line = () => {
    const end = reader.bytes.indexOf(10, reader.at)
    if (end < 0 || end - reader.at > 40) reader.fail('header expected')
    reader.at = end + 1
  }
  reader.expect('%PDF-1.')
  line()
  if (reader.bytes[reader.at] === 0x25) line()
}

function readRevisions(bytes: Uint8Array): PdfRevision[] {
  const found: Omit<PdfRevision, 'start'>[] = []
  let end = endOfFile(bytes)
  let xrefAt = lastStartxref(bytes)
  for (;;) {
    if (found.length >= MAX_REVISIONS) throw new PdfError('too many revisions')
    const section = readSection(bytes, xrefAt)
    if (section.end !== end && found.length === 0)
      throw new PdfError('the last table is not the last')
    found.unshift(section)
    const prev = section.trailer.get('Prev')
    if (prev === undefined) break
    if (typeof prev !== 'number' || prev >= xrefAt)
      throw new PdfError('the chain of tables goes astray')
    end = section.end
    xrefAt = prev
  }
  return found.map((revision, i) => {
    const start = i === 0 ? 0 : (found[i - 1]?.end ?? 0)
    if (start >= revision.xrefAt) throw new PdfError('revisions overlap')
    return { ...revision, start }
  })
}

/** Behind the last `%%EOF`; nothing but one line end may follow. */
function endOfFile(bytes: Uint8Array): number {
  const tail = Buffer.from(bytes.subarray(-8)).toString('latin1')
  const match = /%%EOF(\r\n|\n|\r)?$/.exec(tail)
  if (!match) throw new PdfError('the file does not end with %%EOF')
  return bytes.length - (match[1]?.length ?? 0)
}

function lastStartxref(bytes: Uint8Array): number {
  const from = Math.max(0, bytes.length - 64)
  const tail = Buffer.from(bytes.subarray(from)).toString('latin1')
  const match = /startxref\r?\n(\d{1,10})\r?\n%%EOF(\r\n|\n|\r)?$/.exec(tail)
  if (!match) throw new PdfError('startxref is missing')
  return Number(match[1])
}

function readSection(bytes: Uint8Array, xrefAt: number): Omit<PdfRevision, 'start'> {
  const reader: PdfReader = new PdfReader(bytes, xrefAt)
  reader.expect('xref\n')
  const objects = new Map<number, number>()
  while (!reader.take('trailer')) readSubsection(reader, objects)
  const trailer = reader.value()
  if (!isDict(trailer)) reader.fail('trailer expected')
  for (const forbidden of ['XRefStm', 'Encrypt'])
    if (trailer.has(forbidden)) reader.fail(`${forbidden} is not read`)
  reader.skipWhite()
  reader.expect('startxref\n')
  if (reader.integer() !== xrefAt) reader.fail('startxref names another table')
  reader.expect('\n%%EOF')
  return { end: reader.at, xrefAt, trailer, objects }
}

function readSubsection(reader: PdfReader, objects: Map<number, number>): void {
  const first = reader.integer()
  reader.expect(' ')
  const count = reader.integer()
  reader.expect('\n')
  for (let number = first; number < first + count; number += 1) {
    const line = Buffer.from(reader.bytes.subarray(reader.at, reader.at + 20)).toString('latin1')
    const match = /^(\d{10}) (\d{5}) ([nf])(?: \n|\r\n| \r)$/.exec(line)
    if (!match) reader.fail('malformed table line')
    reader.at += 20
    if (match[3] === 'f') {
      // The head of the free list is the only free entry: nothing is ever deleted from a sealed file.
      if (number !== 0) reader.fail('deleted object')
      continue
    }
    if (match[2] !== '00000' || objects.has(number)) reader.fail('object twice')
    if (objects.size >= MAX_OBJECTS) reader.fail('too many objects')
    objects.set(number, Number(match[1]))
  }
}

/** The bytes of a stream, at most `limit` of them. @throws {PdfError} for another filter than Flate */
export function streamFilter(stream: PdfStream): 'none' | 'flate' {
  const filter = stream.dict.get('Filter')
  if (filter === undefined) return 'none'
  if (
    filter !== null &&
    typeof filter === 'object' &&
    'name' in filter &&
    filter.name === 'FlateDecode'
  )
    return 'flate'
  throw new PdfError('a filter that we do not write')
}
