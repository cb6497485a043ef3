import type * as Y from 'yjs'
import { TEXT_LIMIT } from '../../shared/clauses/limits.ts'
import { type ContentProblem, textBytes } from './inspectContent.ts'

/** A room's Y.Doc, put together from the log when somebody first writes or wants to know what is in it. */
export class LazyDoc {
  readonly #make: () => Y.Doc
  #doc: Y.Doc | null = null
  /** Never less than the bytes of text; measured again when it passes the limit. */
  #sizeBound = 0

  /** @param make out of what is on disk; may throw BrokenLog */
  constructor(make: () => Y.Doc) {
    this.#make = make
  }

  /** @throws {BrokenLog} */
  get doc(): Y.Doc {
    if (this.#doc === null) {
      this.#doc = this.#make()
      this.#sizeBound = textBytes(this.#doc)
    }
    return this.#doc
  }

  /** The document if there is one. */
  get made(): Y.Doc | null {
    return this.#doc
  }

  /** Who only wanted to look does not leave a whole document behind. */
  lookAt<T>(look: (doc: Y.Doc) => T): T {
    const had = this.#doc !== null
    try {
      return look(this.doc)
    } finally {
      if (!had) this.release()
    }
  }

  /** @param added bytes by which it has grown at most */
  grown(added: number): ContentProblem | null {
    this.#sizeBound += added
    if (this.#sizeBound <= TEXT_LIMIT) return null
    this.#sizeBound = textBytes(this.doc)
    if (this.#sizeBound <= TEXT_LIMIT) return null
    return { code: 'input/too-large', details: { limit: TEXT_LIMIT, of: 'document' } }
  }

  release(): void {
    this.#doc?.destroy()
    this.#doc = null
  }
}
