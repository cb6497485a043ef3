import { useState } from 'react'
import type { ActId } from '../../../shared/base/ids.ts'
import { clauseRoutes } from '../../../shared/clauses/api.ts'
import type { FindQuery } from '../../../shared/vietnamese/findMatches.ts'
import { call } from '../../base/api.ts'
import { errorText } from '../../base/errorText.ts'
import { type Translate, useText } from '../../base/useText.ts'
import type { DocumentConnection } from '../../sync/connectDocument.ts'
import { whenSaved } from '../../sync/whenSaved.ts'
import type { EditorHandle } from '../editorHandle.ts'
import { newClauseId } from '../schema/clauseIds.ts'
import type { StackItem } from '../undo/replant.ts'
import { stepsOf } from '../undo/undoSteps.ts'
import { notReplaced, refusedReplacement } from './notReplaced.ts'
import type { OtherText } from './otherTexts.ts'
import { type Replaced, replaceAll } from './replaceMatches.ts'

type Place = { handle: EditorHandle; connection: DocumentConnection; own: OtherText | null }
/** What it takes to undo a replacement: one's own step here, acts of the server elsewhere. */
type Made = { step: StackItem | null; acts: { text: OtherText; act: ActId }[] }

/**
 * Replaces in the text on screen as its editor does, and in the others one after the other by the server, in this
 * person's name, from what it has on disk: unsent words of one's own in another tab of the desk are not among them.
 */
export function useReplaceEverywhere({ handle, connection, own }: Place) {
  const t = useText()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<readonly string[]>([])
  const [made, setMade] = useState<Made | null>(null)
  const { editor } = handle

  const run = async (others: readonly OtherText[], query: FindQuery, by: string, here: boolean) => {
    setBusy(true)
    setMade(null)
    const lines: string[] = []
    const done: Made = { step: null, acts: [] }
    if (here && own) {
      const count = replaceAll(editor.view, by)
      if (typeof count === 'number' && count > 0) done.step = stepsOf(editor)?.last() ?? null
      lines.push(await saidHere(t, own, count, connection))
      setSaid([...lines])
    } else if (own?.reason) lines.push(failed(t, own, t(own.reason)))
    for (const text of others) {
      lines.push(await replaceThere(t, text, query, by, done))
      setSaid([...lines])
    }
    setMade(done.step || done.acts.length > 0 ? done : null)
    setBusy(false)
  }

  const undo = async () => {
    if (!made) return
    setBusy(true)
    setMade(null)
    const lines: string[] = []
    const steps = stepsOf(editor)
    if (made.step && own) {
      if (steps?.last() === made.step) {
        steps.run('undo')
        lines.push(t('consistency.undone'))
      } else lines.push(t('find.undoThere', { name: own.name }))
    }
    for (const { text, act } of made.acts) {
      const { documentId, name } = text
      try {
        const { count } = await call(clauseRoutes.undo, { params: { documentId, actId: act } })
        lines.push(t('find.undone', { name, count }))
      } catch (error) {
        lines.push(`${name}: ${errorText(t, error)}`)
      }
    }
    setSaid(lines)
    setBusy(false)
  }

  const forget = () => {
    setSaid([])
    setMade(null)
  }
  return { busy, said, canUndo: made !== null, run, undo, forget }
}

const failed = (t: Translate, { name }: OtherText, reason: string) =>
  t('find.failedIn', { name, reason })

async function saidHere(
  t: Translate,
  text: OtherText,
  count: Replaced,
  connection: DocumentConnection,
): Promise<string> {
  if (typeof count === 'string') return failed(t, text, notReplaced(t, count))
  if (await whenSaved(connection)) return t('find.replacedIn', { name: text.name, count })
  return `${text.name}: ${t('find.notSaved', { count })}`
}

async function replaceThere(
  t: Translate,
  text: OtherText,
  query: FindQuery,
  by: string,
  done: Made,
): Promise<string> {
  if (text.reason) return failed(t, text, t(text.reason))
  const { documentId, name } = text
  const act = newClauseId() as ActId
  try {
    const body = { ...query, by, act }
    const { count, kept } = await call(clauseRoutes.replace, { params: { documentId }, body })
    if (count > 0 && kept) done.acts.push({ text, act })
    return t('find.replacedIn', { name, count })
  } catch (error) {
    return failed(t, text, refusedReplacement(t, error))
  }
}
