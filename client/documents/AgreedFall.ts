import { useEffect, useMemo, useRef } from 'react'
import { isSettled } from '../agreements/marks.ts'
import { useStillHere } from '../base/afterAct.ts'
import { useText } from '../base/useText.ts'
import type { Held } from '../clauses/agreed/agreedGuard.ts'
import { type GrowingEdit, type HeldEdit, heldEdit } from '../clauses/agreed/heldEdit.ts'
import { type TypedAhead, typedAhead } from '../clauses/agreed/typedAhead.ts'
import { typeWords } from '../clauses/agreed/typeWords.ts'
import { onlyTypes, writtenBy } from '../clauses/agreed/writtenBy.ts'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import { draftDatabase, NOTHING_KEPT } from '../clauses/suggest/draftDatabase.ts'
import { type Offer, useSay } from '../ui/Toasts.tsx'
import type { Desk } from './useDesk.ts'
import type { useWorking } from './useWorking.ts'

/** Clauses, with the hash of the words as they are agreed, that somebody has chosen to edit all the same while the page lives. */
const released = new Set<string>()

/** Behind this nothing comes any more; meanwhile whatever is typed is out of sight. */
const PATIENCE_MS = 10_000

export type AgreedFallProps = {
  desk: Desk
  handle: EditorHandle | null
  working: ReturnType<typeof useWorking>
  visible: boolean
}

type Fall = {
  clauseIds: readonly string[]
  /** The clauses with their words, as they were. */
  names: readonly string[]
  /** Null where only what is typed meanwhile is missing. */
  edit: HeldEdit | null
  /** What becomes of it in a draft. */
  grown: GrowingEdit['grown']
  /** What it brings; `movable`: it may as well be typed at the caret. */
  words: string
  movable: boolean
  ahead: readonly TypedAhead[]
  into: 'draft' | 'text'
  /** The draft is this edit alone, and not wanted any more once the text has it. */
  takesDraft: boolean
}

/**
 * An edit of words that are agreed falls to Suggesting by itself, and says why (UX-31): it is made in the draft, with
 * whatever is typed before that is there. One press leads back to the text, with what has become of it.
 */
export function AgreedFall({ desk, handle, working, visible }: AgreedFallProps): null {
  const { document, clauses, agreement } = desk
  const { fork, isElsewhere, failed, editable, mode } = working
  const t = useText()
  const say = useSay()
  const isHere = useStillHere()
  /** Waits for the draft, or for the text again, to be on the page. */
  const falling = useRef<Fall | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const nameOf = useMemo(() => {
    const hashes = new Map(clauses.map(({ id, hash }) => [id, hash]))
    return (id: string) => `${document.id} ${id} ${hashes.get(id)}`
  }, [clauses, document.id])
  const settled = useMemo(() => {
    const policy = document.agreementPolicy
    return [...agreement.rows].flatMap(([id, row]) => (isSettled(row, policy) ? id : []))
  }, [agreement, document.agreementPolicy])
  const held = () => new Set(settled.filter((id) => !released.has(nameOf(id))))

  const newField = () =>
    typedAhead(t('suggest.bar'), () => {
      if (latest.current.handle) latest.current.arrive(latest.current.handle)
    })
  const begin = (one: Fall) => {
    falling.current = one
    clearTimeout(timer.current)
    timer.current = setTimeout(() => latest.current.giveUp(), PATIENCE_MS)
    // There nothing can be written.
    if (one.into === 'draft' && working.view === 'original') working.setView('marks')
    working.setMode(one.into === 'draft' ? 'suggesting' : 'editing')
    if (latest.current.handle) latest.current.arrive(latest.current.handle)
  }
  /** @returns whether one had the focus */
  const end = ({ ahead }: Fall): boolean => {
    falling.current = null
    clearTimeout(timer.current)
    return ahead.map((field) => field.stop()).some(Boolean)
  }
  const fall = ({ clauseIds, tr }: Held) => {
    if (falling.current) return
    const edit = heldEdit(tr)
    begin({
      clauseIds,
      names: clauseIds.map(nameOf),
      edit,
      grown: edit.grown,
      words: writtenBy(tr),
      movable: onlyTypes(tr),
      ahead: [newField()],
      into: 'draft',
      takesDraft: false,
    })
  }
  /** Back to the text. @param wasEmpty the draft had nothing but this edit; null: it did not even have that */
  const goBack = (one: Fall, wasEmpty: boolean | null) => {
    const { handle, fork, editable, visible } = latest.current
    // The desk may have gone, or the text been locked, since this was offered.
    if (!isHere.current || !editable || !visible)
      return wasEmpty === null ? sayNotMade(one) : say.done(t('agreed.kept'))
    for (const name of one.names) released.add(name)
    if (wasEmpty === null)
      return begin({ ...one, ahead: [...one.ahead, newField()], into: 'text', takesDraft: false })
    const draft = fork === 'awaited' ? null : fork?.now()
    const changed = draft?.changes.map(({ clauseId }) => clauseId) ?? []
    const isAlone = wasEmpty && draft?.adrift.length === 0 && changed.length > 0
    const page = isAlone && handle?.isDraft ? handle.editor.state.doc : null
    const edit = page && one.grown(page, changed)
    if (!edit) say.done(t('agreed.kept'))
    const takesDraft = edit !== null
    begin({ ...one, edit, words: '', ahead: [newField()], into: 'text', takesDraft })
  }
  const sayNotMade = ({ words }: Pick<Fall, 'words'>, offer?: Offer) =>
    say.problem(words === '' ? t('agreed.notDone') : t('agreed.notWritten', { words }), offer)
  /** There is no draft to fall into, or nothing can be written any more. */
  const giveUp = () => {
    const one = falling.current
    if (!one) return
    const hadFocus = end(one)
    const words = `${one.words}${one.ahead.map((field) => field.typed().words).join('')}`
    const offer = { label: t('agreed.edit'), act: () => goBack(one, null) }
    if (one.into === 'draft') sayNotMade({ words }, offer)
    else if (one.takesDraft) say.done(t('agreed.kept'))
    else if (words !== '') sayNotMade({ words })
    const back = { ...one, edit: null, words: '', takesDraft: false }
    // The focus is brought along.
    if (isElsewhere) begin({ ...back, ahead: [newField()], into: 'text' })
    else if (hadFocus && handle && !handle.editor.isDestroyed) handle.editor.view.dom.focus()
  }
  /** Said once more by the draft, the words would stand in the text twice. */
  const dropDraft = async () => {
    const isForgotten = await draftDatabase.forget(working.draftKey, NOTHING_KEPT)
    if (!isForgotten) say.problem(t('suggest.notForgotten'))
  }
  const arrive = (page: EditorHandle) => {
    const one = falling.current
    const draft = fork === 'awaited' ? null : fork
    if (!one || page.isDraft !== (one.into === 'draft') || page.isDraft !== (draft !== null)) return
    // One that has been taken away may still be in hand here, or one that is only read.
    if (page.editor.isDestroyed || !page.editor.isEditable) return
    if (one.ahead.some((field) => field.composes())) return
    const { changes = [], adrift = [] } = draft?.now() ?? {}
    const wasEmpty = changes.length + adrift.length === 0
    if (end(one)) page.editor.view.focus()
    const isMade = make(one, page)
    for (const field of one.ahead) {
      const { erased, words } = field.typed()
      typeWords(page.editor.view, erased, words)
    }
    const offer = { label: t('agreed.edit'), act: () => goBack(one, wasEmpty) }
    if (draft && isMade) say.done(t('agreed.fell'), offer)
    else if (draft) sayNotMade(one, offer)
    else if (!isMade && one.takesDraft) say.done(t('agreed.kept'))
    else if (!isMade) sayNotMade(one)
    else if (one.takesDraft) void dropDraft()
  }
  const now = { held, fall, arrive, giveUp, handle, editable, fork, visible }
  const latest = useRef(now)
  latest.current = now

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
    const wanted = falling.current?.into === 'draft' ? 'suggesting' : 'editing'
    if (isHopeless || mode !== wanted) latest.current.giveUp()
  }, [isHopeless, mode])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      for (const field of falling.current?.ahead ?? []) field.stop()
    },
    [],
  )
  return null
}

/** @returns false where the clause says something else by now; letters are typed at the caret then, if it is in there */
function make({ edit, words, movable, clauseIds }: Fall, page: EditorHandle): boolean {
  if (edit === null) return true
  const { editor, isDraft } = page
  const { doc, selection } = editor.state
  if (edit.make(editor)) return editor.state.doc !== doc
  const at = String(doc.maybeChild(selection.$head.index(0))?.attrs.id)
  if (!isDraft || !movable || !clauseIds.includes(at)) return false
  editor.view.dispatch(editor.state.tr.insertText(words))
  return true
}
