import type * as Y from 'yjs'
import { type TextChange, textBoxes } from '../../../shared/clauses/editTexts.ts'
import { findNameSlips, type NameSlip } from '../../../shared/vietnamese/officialNames.ts'
import {
  countToneStyles,
  type ToneStyle,
  toOneToneStyle,
} from '../../../shared/vietnamese/toneStyle.ts'

/** One change that is offered: what stands there now, and what would. */
export type Spot<Change extends TextChange = TextChange> = {
  clauseId: string
  /** Which text of the document, counted from 0. */
  box: number
  before: string
  change: Change
}

export type Advice = {
  /** How many words are in either style; mixed where both are. */
  tones: Record<ToneStyle, number>
  /** What would have to change for all to be in that style. */
  toTone: Record<ToneStyle, readonly Spot[]>
  names: readonly Spot<NameSlip>[]
}

/** What could be more of one piece in a text, before it is locked. @param names of agencies, as they should be written */
export function adviceOn(doc: Y.Doc, names: readonly string[]): Advice {
  const boxes = textBoxes(doc)
  const spots = <Change extends TextChange>(changesIn: (text: string) => readonly Change[]) =>
    boxes.flatMap(({ clauseId, text }, box) =>
      changesIn(text).map((change): Spot<Change> => {
        return { clauseId, box, before: text.slice(change.from, change.to), change }
      }),
    )
  const tones = { old: 0, new: 0 }
  for (const { text } of boxes) {
    const counts = countToneStyles(text)
    tones.old += counts.old
    tones.new += counts.new
  }
  const isMixed = tones.old > 0 && tones.new > 0
  return {
    tones,
    toTone: {
      old: isMixed ? spots((text) => toOneToneStyle(text, 'old')) : [],
      new: isMixed ? spots((text) => toOneToneStyle(text, 'new')) : [],
    },
    names: spots((text) => findNameSlips(text, names)),
  }
}

export const adviceCount = ({ toTone, names }: Advice): number =>
  Math.min(toTone.old.length, toTone.new.length) + names.length

/**
 * The changes that can still be made, by text: none where somebody has written there since.
 * @param boxes the texts as they are now
 */
export function stillStanding(
  spots: readonly Spot[],
  boxes: readonly { clauseId: string; text: string }[],
): ReadonlyMap<number, readonly TextChange[]> {
  const standing = new Map<number, TextChange[]>()
  for (const { box, clauseId, before, change } of spots) {
    const now = boxes[box]
    if (now?.clauseId !== clauseId || now.text.slice(change.from, change.to) !== before) continue
    standing.set(box, [...(standing.get(box) ?? []), change])
  }
  return standing
}
