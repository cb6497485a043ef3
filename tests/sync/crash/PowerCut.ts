import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Chance } from '../../support/seeded.ts'
import type { Call } from './readTrace.ts'

const SECTOR = 512

type Change = { at: number; bytes: Buffer } | { size: number }
/** What is sure to be on the disk, and what was only handed over. */
type File = { sure: Buffer; handed: Change[]; length: number }
/** null: the name goes. */
type Naming = { name: string; file: File | null }

/** `everything`: as after kill -9; `nothing`: only what was fsynced; `some`: any part of the rest, torn by sectors. */
export type Survives = 'everything' | 'nothing' | 'some'

/**
 * A disk that may lose whatever was not fsynced, in any order: bytes of a file until the file is, names until their
 * folder is. It follows the calls of one run from the state of a folder on.
 */
export class PowerCut {
  readonly #root: string
  readonly #sureNames = new Map<string, File>()
  readonly #names = new Map<string, File>()
  #namings: Naming[] = []

  /** @param root the folder that the traced program worked in; @param before the same folder as it was before */
  constructor(root: string, before: string) {
    this.#root = root
    for (const name of readdirSync(before, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue
      const place = path.relative(before, path.join(name.parentPath, name.name))
      const sure = readFileSync(path.join(before, place))
      const file: File = { sure, handed: [], length: sure.length }
      this.#sureNames.set(place, file)
      this.#names.set(place, file)
    }
  }

  /** @returns its place in the folder; null for other files, and for what is made anew at each start */
  #place(file: string): string | null {
    const place = path.relative(this.#root, file)
    const isOther = place.startsWith('..') || path.isAbsolute(place)
    return isOther || /-shm$|^in-use/.test(place) ? null : place
  }

  /** @param syncs whether fsync does anything */
  follow(call: Call, syncs = true): void {
    if (call.kind === 'said') return
    const place = this.#place(call.path)
    if (place === null) return
    if (call.kind === 'create') this.#create(place)
    else if (call.kind === 'unlink') this.#name(place, null)
    else if (call.kind === 'rename') {
      const file = this.#names.get(place) ?? null
      this.#name(place, null)
      this.#name(this.#place(call.to) ?? '', file)
    } else if (call.kind === 'sync') {
      if (syncs) this.#sync(place)
    } else if (call.kind === 'write' || call.kind === 'truncate') this.#change(place, call)
  }

  #create(place: string): void {
    if (!this.#names.has(place)) this.#name(place, { sure: Buffer.alloc(0), handed: [], length: 0 })
  }

  #name(name: string, file: File | null): void {
    if (file) this.#names.set(name, file)
    else this.#names.delete(name)
    this.#namings.push({ name, file })
  }

  #change(place: string, call: Extract<Call, { kind: 'write' | 'truncate' }>): void {
    const file = this.#names.get(place)
    if (!file) throw new Error(`${call.kind} to ${place}, which is not there`)
    if (call.kind === 'truncate') {
      file.handed.push({ size: call.size })
      file.length = call.size
      return
    }
    const at = call.at ?? file.length
    file.handed.push({ at, bytes: call.bytes })
    file.length = Math.max(file.length, at + call.bytes.length)
  }

  #sync(place: string): void {
    const file = this.#names.get(place)
    if (file) {
      file.sure = file.handed.reduce(changed, file.sure)
      file.handed = []
      return
    }
    const isHere = ({ name }: Naming) => path.dirname(name) === (place || '.')
    for (const { name, file } of this.#namings.filter(isHere))
      if (file) this.#sureNames.set(name, file)
      else this.#sureNames.delete(name)
    this.#namings = this.#namings.filter((naming) => !isHere(naming))
  }

  /** Writes what a cut at this moment could leave. */
  image(folder: string, survives: Survives, chance: Chance): void {
    const keeps = () => survives === 'everything' || (survives === 'some' && chance.oneIn(2))
    const names = new Map(this.#sureNames)
    for (const { name, file } of this.#namings)
      if (keeps()) {
        if (file) names.set(name, file)
        else names.delete(name)
      }
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(path.join(folder, 'blobs'), { recursive: true })
    for (const [name, file] of names) {
      const left = file.handed.flatMap((change) => {
        if (survives === 'some' && 'bytes' in change && chance.oneIn(4)) return torn(change, chance)
        return keeps() ? [change] : []
      })
      writeFileSync(path.join(folder, name), left.reduce(changed, file.sure))
    }
  }
}

function changed(before: Buffer, change: Change): Buffer {
  if ('size' in change) {
    const after = Buffer.alloc(change.size)
    before.copy(after, 0, 0, Math.min(before.length, change.size))
    return after
  }
  const after = Buffer.alloc(Math.max(before.length, change.at + change.bytes.length))
  before.copy(after)
  change.bytes.copy(after, change.at)
  return after
}

/** Some of its sectors. */
function torn({ at, bytes }: { at: number; bytes: Buffer }, chance: Chance): Change[] {
  const parts: Change[] = []
  for (let begin = 0; begin < bytes.length; ) {
    const end = Math.min(bytes.length, begin + SECTOR - ((at + begin) % SECTOR))
    if (chance.oneIn(2)) parts.push({ at: at + begin, bytes: bytes.subarray(begin, end) })
    begin = end
  }
  return parts
}
