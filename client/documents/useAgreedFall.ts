import { useEffect, useMemo, useRef } from 'react'
import { isSettled } from '../agreements/marks.ts'
import { useText } from '../base/useText.ts'
import type { Held } from '../clauses/agreed/agreedGuard.ts'
import type { HeldEdit } from '../clauses/agreed/heldEdit.ts'
import { type TypedAhead, typedAhead } from '../clauses/agreed/typedAhead.ts'
import { writtenBy } from '../clauses/agreed/writtenBy.ts'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import type { Fork } from '../clauses/suggest/fork.ts'
import { useDraftPart } from '../proposals/useDraftPart.ts'
import { useSay } from '../ui/Toasts.tsx'
import type { Desk } from './useDesk.ts'
import type { useWorking } from './useWorking.ts'

/** Clauses, with the hash of the words as they are agreed, that somebody has chosen to edit all the same while the page lives. */
const released = new Set<string>()

type DraftPart = ReturnType<typeof useDraftPart>['part']

type Fall = {
  clauseIds: readonly string[]
  /** The clauses with their words, as they were. */
  names: readonly string[]
  /** Null where it is made already, and only what is typed meanwhile is missing. */
  edit: (() => HeldEdit | null) | null
  /** What it brings. */
  words: string
  ahead: readonly TypedAhead[]
  into: 'draft' | 'text'
}

/**
 * An edit of words that are agreed falls to Suggesting by itself, and says why (UX-31): it is made in the draft, with
 * whatever is typed before that is there. One press makes what has become of it in the text all the same.
 */
export function useAgreedFall(
  desk: Desk,
  handle: EditorHandle | null,
  working: ReturnType<typeof useWorking>,
): void {
  const { document, clauses, agreement } = desk
  const { fork, isElsewhere, failed, editable } = working
  const t = useText()
  const say = useSay()
  const { part } = useDraftPart(false)
  /** Waits for the draft, or for the text again, to be on the page. */
  const falling = useRef<Fall | null>(null)
  const nameOf = useMemo(() => {
    const hashes = new Map(clauses.map(({ id, hash }) => [id, hash]))
    return (id: string) => `${document.id} ${id} ${hashes.get(id)}`
  }, [clauses, document.id])
  const settled = useMemo(() => {
    const policy = document.agreementPolicy
    return [...agreement.rows].flatMap(([id, row]) => (isSettled(row, policy) ? id : []))
  }, [agreement, document.agreementPolicy])
  const held = () => new Set(settled.filter((id) => !released.has(nameOf(id))))
  const typed = () => typedAhead(t('suggest.bar'))

  const fall = ({ clauseIds, tr }: Held) => {
    if (falling.current) return
    const names = clauseIds.map(nameOf)
    const edit = () => latest.current.part?.heldEdit(tr) ?? null
    const words = writtenBy(tr)
    falling.current = { clauseIds, names, edit, words, ahead: [typed()], into: 'draft' }
    // There nothing can be written.
    if (working.view === 'original') working.setView('marks')
    working.setMode('suggesting')
  }
  /** @param leave what is still to be made in the text, which no draft has then */
  const editText = async (one: Fall, leave: () => Promise<Pick<Fall, 'edit' | 'ahead'>>) => {
    const meanwhile = typed()
    for (const name of one.names) released.add(name)
    const { edit, ahead } = await leave()
    falling.current = {
      ...one,
      edit,
      words: edit ? one.words : '',
      ahead: [...ahead, meanwhile],
      into: 'text',
    }
    working.setMode('editing')
    if (latest.current.handle) latest.current.arrive(latest.current.handle)
  }
  const landInDraft = (one: Fall, page: EditorHandle, draft: Fork) => {
    const { changes, adrift } = draft.now()
    const wasEmpty = changes.length + adrift.length === 0
    const isMade = make(one, page, part)
    /** A draft that is this edit alone, gone on with, is not wanted any more once the text has it. */
    const leave = async () => {
      const kept = { edit: null, ahead: [] }
      const { editor } = page
      const isSame = String(one.clauseIds.map(latest.current.nameOf)) === String(one.names)
      if (!wasEmpty || !isSame || editor.isDestroyed) return kept
      const changed = draft.now().changes.map(({ clauseId }) => clauseId)
      const edit = one.edit?.()?.grown(editor.state.doc, changed)
      return edit && (await working.forget()) ? { edit: () => edit, ahead: [] } : kept
    }
    const offer = { label: t('agreed.edit'), act: () => void editText(one, leave) }
    if (isMade) say.done(t('agreed.fell'), offer)
    else say.problem(t('agreed.notDone'), offer)
  }
  /** There is no draft to fall into, or nothing can be written any more. */
  const giveUp = () => {
    const one = falling.current
    if (!one) return
    falling.current = null
    const words = `${one.words}${one.ahead.map((keys) => keys.words()).join('')}`
    for (const keys of one.ahead) keys.stop()
    const offer = { label: t('agreed.edit'), act: () => void editText(one, async () => one) }
    say.problem(words === '' ? t('agreed.notDone') : t('agreed.notWritten', { words }), offer)
    if (!isElsewhere) return
    // The focus is brought along.
    falling.current = { ...one, edit: null, words: '', ahead: [typed()], into: 'text' }
    working.setMode('editing')
  }
  const arrive = (page: EditorHandle) => {
    const one = falling.current
    const draft = fork === 'awaited' ? null : fork
    if (!one || page.isDraft !== (one.into === 'draft') || (page.isDraft && !draft)) return
    // One that has been taken away may still be in hand here.
    if (page.editor.isDestroyed) return
    falling.current = null
    if (draft) landInDraft(one, page, draft)
    else if (!make(one, page, part)) say.problem(t('agreed.notDone'))
  }
  const latest = useRef({ held, fall, arrive, giveUp, handle, nameOf, part })
  latest.current = { held, fall, arrive, giveUp, handle, nameOf, part }

  useEffect(() => {
    if (!handle || handle.isDraft || handle.editor.isDestroyed) return
    const guard = handle.editor.storage.agreedGuard
    guard.watch = { held: () => latest.current.held(), onHeld: (one) => latest.current.fall(one) }
    return () => {
      guard.watch = null
    }
  }, [handle])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the draft may come behind its editor
  useEffect(() => {
    if (handle) latest.current.arrive(handle)
  }, [handle, fork])
  const isHopeless = !editable || failed !== null
  useEffect(() => {
    if (isHopeless) latest.current.giveUp()
  }, [isHopeless])
  useEffect(
    () => () => {
      for (const keys of falling.current?.ahead ?? []) keys.stop()
    },
    [],
  )
}

/** The edit, and what was typed behind it. Where the clause says something else, what was written is written at the caret. */
function make({ edit, words, ahead }: Fall, { editor }: EditorHandle, part: DraftPart): boolean {
  const isMade = edit === null || edit()?.make(editor) === true
  if (!isMade && words !== '') editor.view.dispatch(editor.state.tr.insertText(words))
  const type =
    part?.typeWords ?? ((view, _, words) => view.dispatch(view.state.tr.insertText(words)))
  for (const keys of ahead) keys.typeInto(editor.view, type)
  return isMade || words !== ''
}
