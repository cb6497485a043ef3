/** Where a word has been written: its block, by the id of that block's item in the Y.Doc. */
export type Place = { block: string; removed: boolean; stroke: Stroke }
/** The number that the first letter of an edit has: whether the edit came to the server can be told by it. */
export type Stroke = { client: number; clock: number }

export type Word = {
  token: string
  /** Number of the client that wrote it, and its account. */
  author: number
  account: string
  /** More than one once somebody has moved, split or joined the block it stands in. */
  places: Place[]
  /** Its author has heard that it is on disk. */
  acked: boolean
  /** Its author has heard that it was refused, and had never sent it before. */
  refused: boolean
}

/** An acknowledged word that nobody took away and that is not to be seen: a concurrent act has hidden it. */
export type HiddenWord = { token: string; account: string }

const TOKEN = /\[\d+\.\d+\]/g

/** What everybody wrote and took away, kept beside the documents, as a person at each desk would remember it. */
export class Ledger {
  readonly words = new Map<string, Word>()
  readonly #removedBlocks = new Set<string>()
  readonly #author: { index: number; account: string }[] = []
  #count = 0

  author(account: string): number {
    this.#author.push({ index: this.#author.length, account })
    return this.#author.length - 1
  }

  /** A word that stands nowhere else. */
  newToken(author: number): string {
    this.#count += 1
    return `[${author}.${this.#count}]`
  }

  written(token: string, author: number, block: string, stroke: Stroke): void {
    const account = this.#author[author]?.account ?? ''
    const places = [{ block, removed: false, stroke }]
    this.words.set(token, { token, author, account, places, acked: false, refused: false })
  }

  /** Somebody saw these words in this block and took them away. */
  removed(text: string, block: string): void {
    for (const [token] of text.matchAll(TOKEN))
      for (const place of this.words.get(token)?.places ?? [])
        if (place.block === block) place.removed = true
  }

  /** Somebody took these words, as he saw them, from one block to another. */
  moved(text: string, from: string, to: string, stroke: Stroke): void {
    this.removed(text, from)
    for (const [token] of text.matchAll(TOKEN))
      this.words.get(token)?.places.push({ block: to, removed: false, stroke })
  }

  blockRemoved(block: string): void {
    this.#removedBlocks.add(block)
  }

  /** Nobody has taken it away, its block included. */
  stands(token: string): boolean {
    const places = this.words.get(token)?.places ?? []
    return places.some(({ block, removed }) => !removed && !this.#removedBlocks.has(block))
  }

  /**
   * What is wrong with this text, as sentences.
   * @param arrived whether a block ever came to the server: a copy may have been lost with its maker's machine
   */
  judge(
    text: string,
    arrived: (stroke: Stroke) => boolean,
  ): { problems: string[]; hidden: HiddenWord[] } {
    const problems: string[] = []
    const hidden: HiddenWord[] = []
    for (const { token, account, places, acked, refused } of this.words.values()) {
      const count = text.split(token).length - 1
      if (refused && count > 0) problems.push(`${token} was refused and is in the text`)
      if (count > places.length) problems.push(`${token} stands there ${count} times`)
      if (!acked || count > 0) continue
      const standing = places.filter(({ removed, stroke }) => !removed && arrived(stroke))
      if (standing.some(({ block }) => !this.#removedBlocks.has(block)))
        problems.push(`${token} by ${account} was acknowledged and is gone`)
      else if (standing.length > 0) hidden.push({ token, account })
    }
    return { problems, hidden }
  }
}

/** Offsets at which a text can be opened without tearing a word of the ledger. */
export function seams(text: string): number[] {
  const inside = new Set<number>()
  for (const { 0: token, index } of text.matchAll(TOKEN))
    for (let at = index + 1; at < index + token.length; at += 1) inside.add(at)
  return Array.from({ length: text.length + 1 }, (_, at) => at).filter((at) => !inside.has(at))
}

/** The range, widened so that it holds every word it touches whole. */
export function wholeWords(text: string, from: number, to: number): [from: number, to: number] {
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const end = index + token.length
    if (index >= to || end <= from) continue
    from = Math.min(from, index)
    to = Math.max(to, end)
  }
  return [from, to]
}
