import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import type { Addressable, ChosenName } from '../../shared/comments/mentions.ts'
import { findWords } from '../../shared/vietnamese/searchFold.ts'
import { useText } from '../base/useText.ts'
import { useAnnounced } from '../ui/announce.ts'
import { TextArea } from '../ui/Field.tsx'
import styles from './MentionArea.module.css'
import type { Composer } from './useComposer.ts'

const OFFERED = 7
/** An @ at the start of a word, and what was typed behind it up to the caret. */
const ASKED = /(?:^|[\s(])@([^\n@]{0,40})$/

type Offer = ChosenName & { note: string }

/** A text field in which @ offers whom one may call (UX-43). Arrows choose, Enter or Tab takes, Escape leaves the list. */
export function MentionArea(props: {
  composer: Composer
  label: string
  hint: ReactNode
  reach: Addressable
  takesFocus: boolean
}) {
  const { composer, label, hint, reach, takesFocus } = props
  const t = useText()
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const caretAfter = useRef<number | null>(null)
  /** The letters behind the @ at the caret; null where no list is wanted. */
  const [asked, setAsked] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const offers = asked === null ? [] : offersFor(reach, asked, t('thread.mention.agency'))
  const current = offers[Math.min(at, offers.length - 1)]

  useAnnounced(current ? t('thread.mention.count', { count: offers.length }) : null)

  const look = (field: HTMLTextAreaElement) => {
    setAt(0)
    const before = field.value.slice(0, field.selectionStart)
    setAsked(field.selectionStart === field.selectionEnd ? (ASKED.exec(before)?.[1] ?? null) : null)
  }
  const take = (offer: Offer) => {
    const field = area.current
    if (!field || asked === null) return
    const end = field.selectionStart
    const start = end - asked.length
    const name = `${offer.name} `
    composer.choose(offer)
    composer.setText(field.value.slice(0, start) + name + field.value.slice(end))
    caretAfter.current = start + name.length
    setAsked(null)
    field.focus()
  }
  // Before the next letter comes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the field has new words
  useLayoutEffect(() => {
    const caret = caretAfter.current
    caretAfter.current = null
    if (caret !== null) area.current?.setSelectionRange(caret, caret)
  }, [composer.text])
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { length } = offers
    if (length > 0 && !event.nativeEvent.isComposing && !event.ctrlKey && !event.metaKey) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      const isTaken = (event.key === 'Enter' || event.key === 'Tab') && current !== undefined
      if (step !== undefined) setAt((before) => (before + step + length) % length)
      else if (isTaken) take(current)
      else if (event.key === 'Escape') setAsked(null)
      if (step !== undefined || isTaken || event.key === 'Escape') {
        event.preventDefault()
        event.stopPropagation()
        return
      }
    }
    composer.onKeyDown(event)
  }
  return (
    <>
      <TextArea
        ref={area}
        label={label}
        hint={hint}
        autoFocus={takesFocus}
        maxLength={8_000}
        value={composer.text}
        aria-autocomplete="list"
        {...(current
          ? { 'aria-controls': id, 'aria-activedescendant': optionId(id, current) }
          : {})}
        onChange={(event) => {
          composer.setText(event.target.value)
          look(event.target)
        }}
        onClick={(event) => look(event.currentTarget)}
        onBlur={() => setAsked(null)}
        onKeyDown={onKeyDown}
      />
      {current ? (
        <div id={id} role="listbox" aria-label={t('thread.mention')} className={styles.list}>
          {offers.map((offer) => (
            // Keys go to the field, which names the current one.
            // biome-ignore lint/a11y/useKeyWithClickEvents: see above
            // biome-ignore lint/a11y/useFocusableInteractive: see above
            <div
              key={`${offer.kind}:${offer.id}`}
              id={optionId(id, offer)}
              role="option"
              aria-selected={offer === current}
              className={styles.offer}
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(offer)}
            >
              <b>{offer.name}</b> <span>{offer.note}</span>
            </div>
          ))}
        </div>
      ) : null}
    </>
  )
}

const optionId = (list: string, { kind, id }: Offer) => `${list}-${kind}-${id}`

/** Those first whose name has the very words, then agencies; of people whose name or agency has every word that was typed, with or without marks. */
function offersFor({ people, agencies }: Addressable, asked: string, note: string): Offer[] {
  const nameOf = (agencyId: string | null) => agencies.find(({ id }) => id === agencyId)?.name ?? ''
  const all: Offer[] = [
    ...agencies.map(({ id, name }) => ({ kind: 'agency' as const, id, name, note })),
    ...people.map(({ id, name, agencyId }) => ({
      kind: 'person' as const,
      id,
      name,
      note: nameOf(agencyId),
    })),
  ]
  if (asked.startsWith(' ')) return []
  const phrase = asked.normalize('NFC').trim()
  const words = phrase.split(/\s+/).filter(Boolean)
  const isIn = (text: string, query: string) => findWords(text.normalize('NFC'), query) >= 0
  return all
    .filter((offer) => words.every((word) => isIn(`${offer.name} ${offer.note}`, word)))
    .filter(({ name }) => !(asked.endsWith(' ') && name === asked.trim()))
    .sort((a, b) => Number(isIn(b.name, phrase)) - Number(isIn(a.name, phrase)))
    .slice(0, OFFERED)
}
