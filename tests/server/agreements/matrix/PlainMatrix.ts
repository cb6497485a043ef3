type Word = 'agreed' | 'reserved' | 'objects'
type Said = { word: Word; of: string }
export type Plain = Word | 'outdated' | 'none'

/**
 * The matrix as one would keep it on paper: each agency's latest word beside the very words it was said of. It knows
 * no hash and nothing of the product's code.
 */
export class PlainMatrix {
  readonly #said = new Map<string, Said>()

  /** @param of the words themselves */
  take(agency: string, clause: string, word: Word | 'none', of: string): void {
    const key = `${agency} ${clause}`
    if (word === 'none') this.#said.delete(key)
    else this.#said.set(key, { word, of })
  }

  /** One word on everything, also on what is gone. */
  takeAll(agency: string, word: Word | 'none', now: ReadonlyMap<string, string>): void {
    for (const key of [...this.#said.keys()])
      if (key.startsWith(`${agency} `)) this.#said.delete(key)
    for (const [clause, of] of now) this.take(agency, clause, word, of)
  }

  cell(agency: string, clause: string, now: string): Plain {
    const said = this.#said.get(`${agency} ${clause}`)
    if (!said) return 'none'
    return said.of === now ? said.word : 'outdated'
  }
}
