import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import * as Y from 'yjs'
import type { Block } from '../../../shared/clauses/clause.ts'
import { bodyOf, writeBody } from '../../../shared/clauses/yjs.ts'
import { clause, table } from '../builders.ts'
import type { EditorHarness } from '../editorHarness/startHarness.ts'
import { placeCaret } from '../placeCaret.ts'
import { BEFORE, BEHIND, lettersOf, type Meanwhile, OTHERS } from './meanwhile.ts'
import { type Form, type Syllable, type VietnameseKeys, vietnameseKeys } from './vietnameseKeys.ts'
import { type TypingWatch, watchTyping } from './watchTyping.ts'

export type Case = {
  form: Form
  /** Where the caret stands; `empty` is a clause without a letter. */
  place?: 'clause' | 'cell' | 'empty'
  /** What somebody else does after every step; nothing without it. */
  meanwhile?: Meanwhile
  /** The beginning of {@link BEHIND}, which is selected and typed over. */
  over?: string
}

const PATIENCE_MS = 6_000
const LAST = 'dưới'
/**
 * Of two letters put at one place at once, that of the lower id stands first. Composed words must bear that; Backspace,
 * with which the other kind of input method corrects, takes whatever letter is before the caret, whose-ever it is.
 */
const HIGHEST_ID = 2 ** 32 - 1
const own = (letters: string) => letters.replace(OTHERS, '')

/**
 * One document at which one page types and another looks on, while a third peer writes right into the room. Every
 * second edit of his is made before he has heard of the typist's last letter.
 */
export class TypingTable {
  readonly id: string
  readonly mine: Page
  readonly theirs: Page
  readonly doc: Y.Doc
  keys!: VietnameseKeys
  #watch!: { mine: TypingWatch; theirs: TypingWatch }
  #other = new Y.Doc()
  #case: Case = { form: 'composed' }
  /** Each case has a peer with an id of its own: Yjs takes a new one, by chance, where it meets its own letters. */
  #cases = 0
  #typed = ''
  #frames = 0
  #foreign = 0
  #syllables = 0
  #steps = 0

  private constructor(id: string, doc: Y.Doc, mine: Page, theirs: Page) {
    this.id = id
    this.doc = doc
    this.mine = mine
    this.theirs = theirs
  }

  static async open(harness: EditorHarness): Promise<TypingTable> {
    const id = harness.newDocument(blocksFor('clause'))
    const [mine, theirs] = [await harness.open(id, 'stc'), await harness.open(id, 'snv')]
    const typing = new TypingTable(id, harness.relay.room(id).doc, mine, theirs)
    for (const page of [mine, theirs]) await page.waitForSelector('.page-text [data-id]')
    typing.keys = await vietnameseKeys(mine)
    typing.#watch = { mine: await watchTyping(mine), theirs: await watchTyping(theirs) }
    return typing
  }

  /** The document as it was in the beginning, and the caret in its place. */
  async begin(wanted: Case): Promise<void> {
    const { doc } = this
    const { place = 'clause' } = wanted
    doc.transact(() => {
      bodyOf(doc).delete(0, bodyOf(doc).length)
      writeBody(doc, blocksFor(place))
    })
    for (const watch of [this.#watch.mine, this.#watch.theirs]) await watch.shows(lettersOf(doc))
    if (place === 'empty') await placeCaret(this.mine, 'w')
    await this.#watch.mine.begin(place === 'empty' ? null : BEFORE, wanted.over)
    this.#other = new Y.Doc()
    this.#cases += 1
    this.#other.clientID = wanted.form === 'composed' ? this.#cases : HIGHEST_ID - this.#cases
    this.#case = wanted
    this.#typed = ''
    this.#frames = 0
    this.#foreign = lettersOf(doc).length - own(lettersOf(doc)).length
    this.#syllables = 0
    // In an empty clause the first letters of both are written at once.
    this.#steps = place === 'empty' ? 1 : 0
  }

  /** Syllables with a blank between them; after each all is looked at, unless somebody is quick. */
  async word(syllables: readonly Syllable[], quick = false): Promise<void> {
    for (const [index, syllable] of syllables.entries()) {
      if (index > 0) await this.plain(' ')
      await this.syllable(syllable)
      if (!quick) await this.rest()
    }
  }

  /** @param between after each step, with its number from nought */
  async syllable(steps: Syllable, between?: (step: number) => unknown): Promise<void> {
    const typed = this.#typed
    await this.begun(steps, between)
    const last = steps.at(-1) ?? ''
    await this.#amid(typed + last, () => this.keys.commit(this.#case.form, last))
  }

  /** A syllable that is not committed. */
  async begun(steps: Syllable, between?: (step: number) => unknown): Promise<void> {
    const typed = this.#typed
    let before = ''
    for (const [n, after] of steps.entries()) {
      await this.#amid(typed + after, () => this.keys.step(this.#case.form, before, after))
      before = after
      await between?.(n)
    }
    if (this.#case.form === 'composed') this.#syllables += 1
  }

  async plain(letter: string): Promise<void> {
    await this.#amid(this.#typed + letter, () => this.keys.plain(letter))
  }

  /** All keys of a syllable and a blank at once, while somebody writes in the same line. */
  async burst(steps: Syllable, meanwhile: Meanwhile): Promise<void> {
    const sent = steps.map((after, n) => this.keys.step('retyped', steps[n - 1] ?? '', after))
    sent.push(this.keys.plain(' '))
    for (let n = 0; n < 5; n += 1) {
      await new Promise((next) => setImmediate(next))
      this.others(meanwhile)
    }
    await Promise.all(sent)
    await this.#arrives(`${this.#typed}${steps.at(-1)} `)
  }

  /** Somebody else, who knows everything, does this now. */
  others(act: Meanwhile): void {
    this.doc.transact(() => {
      this.#foreign += act(this.doc, this.#typed, this.#steps++)
    })
    this.#frames += 1
  }

  /** The editor has got and shows all there is. */
  shown = () => this.#watch.mine.shows(lettersOf(this.doc))

  /** Presses Ctrl+Z until there is nothing to take back. */
  async undone(): Promise<void> {
    for (let n = 0; n < 20 && (await this.#watch.mine.canUndo()); n += 1)
      await this.mine.keyboard.press('Control+z')
    await this.#arrives('')
    await this.rest()
  }

  /** All is quiet: what was typed stands there once, with the caret behind it, and nothing of the others is lost. */
  async rest(): Promise<void> {
    await this.shown()
    const letters = lettersOf(this.doc)
    expect(letters.length - own(letters).length).toBe(this.#foreign)
    const caret = await this.#watch.mine.beforeCaret()
    expect(caret === null ? null : own(caret)).toBe(this.#before + this.#typed)
    expect(await this.#watch.mine.compositionEnds()).toBe(this.#syllables)
  }

  async end(): Promise<void> {
    await this.rest()
    await this.#watch.theirs.shows(lettersOf(this.doc))
  }

  get #before() {
    return this.#case.place === 'empty' ? '' : BEFORE
  }

  async #amid(typed: string, type: () => Promise<unknown>): Promise<void> {
    const n = this.#steps++
    const early = n % 2 === 1 ? this.#made(n) : null
    await type()
    await this.#arrives(typed)
    const update = n % 2 === 1 ? early : this.#made(n)
    if (!update) return
    Y.applyUpdate(this.doc, update, 'other')
    this.#frames += 1
    await this.#watch.mine.heard(this.#frames)
  }

  /** What the other peer does, who knows what the room knows now. */
  #made(n: number): Uint8Array | null {
    const { meanwhile } = this.#case
    const other = this.#other
    if (!meanwhile) return null
    Y.applyUpdate(other, Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(other)))
    const known = Y.encodeStateVector(other)
    other.transact(() => {
      this.#foreign += meanwhile(other, this.#typed, n)
    })
    return Y.encodeStateAsUpdate(other, known)
  }

  /** The server has these letters of the typist, and no other. */
  async #arrives(typed: string): Promise<void> {
    const { doc } = this
    const { place, over = '' } = this.#case
    const behind = place === 'empty' ? '' : BEHIND.slice(over.length)
    const wanted = this.#before + typed + behind + LAST
    const has = () => own(lettersOf(doc)) === wanted
    await new Promise<void>((done, fail) => {
      const end = (then: () => void) => {
        clearTimeout(timer)
        doc.off('update', look)
        then()
      }
      const look = () => {
        if (has()) end(done)
      }
      const timer = setTimeout(
        () => end(() => fail(new Error(`the server has “${lettersOf(doc)}”, not “${wanted}”`))),
        PATIENCE_MS,
      )
      doc.on('update', look)
      look()
    })
    this.#typed = typed
  }
}

function blocksFor(place: Case['place']): Block[] {
  const line = BEFORE + BEHIND
  return [
    table('t', [[place === 'cell' ? line : 'x', 'x']]),
    clause('w', 'paragraph', place === 'clause' ? line : ''),
    clause('d', 'text', LAST),
  ]
}
