import { useMemo, useState } from 'react'
import { editTexts, textBoxes } from '../../../shared/clauses/editTexts.ts'
import type { ToneStyle } from '../../../shared/vietnamese/toneStyle.ts'
import { useStore } from '../../base/store.ts'
import { useText } from '../../base/useText.ts'
import { Button } from '../../ui/Button.tsx'
import type { EditorHandle } from '../editorHandle.ts'
import { docOf, editShared } from '../find/editShared.ts'
import type { StackItem } from '../undo/replant.ts'
import { stepsOf } from '../undo/undoSteps.ts'
import { type Advice, adviceCount, adviceOn, type Spot, stillStanding } from './advice.ts'
import styles from './ConsistencyAdvice.module.css'

type Props = {
  handle: EditorHandle
  /** Of the bloc's agencies, as they should be written. */
  names: readonly string[]
  placeOf(clauseId: string): string
  onShow(clauseId: string): void
}

/** Of the text on screen, taken anew when it changes. */
export function useAdvice(handle: EditorHandle, names: readonly string[]): Advice {
  const clauses = useStore(handle.clauses)
  // biome-ignore lint/correctness/useExhaustiveDependencies: taken anew with every change of the clauses
  return useMemo(() => adviceOn(docOf(handle.editor.view), names), [handle, names, clauses])
}

/** Tones and names that could be of one piece. Nothing changes but by a press, and one press is one step of undo. */
export function ConsistencyAdvice(props: Props) {
  const { handle, names } = props
  const t = useText()
  // Of the editor itself, which is only read in moments when this person may write too.
  const editable = handle.editor.isEditable
  const advice = useAdvice(handle, names)
  const [note, setNote] = useState('')
  const [step, setStep] = useState<StackItem | null>(null)
  const { view } = handle.editor
  const mend = (spots: readonly Spot[]) => {
    const boxes = textBoxes(docOf(view))
    const standing = stillStanding(spots, boxes)
    const order = new Map(boxes.map(({ element }, i) => [element, i]))
    const made = editShared(view, (doc) =>
      editTexts(doc, (_, { element }) => standing.get(order.get(element) ?? -1) ?? []),
    )
    const count = made?.length ?? 0
    setStep(count > 0 ? (stepsOf(handle.editor)?.last() ?? null) : null)
    if (!made) setNote(t('consistency.readOnly'))
    else setNote(count > 0 ? t('consistency.done', { count }) : t('consistency.none'))
  }
  const undo = () => {
    const steps = stepsOf(handle.editor)
    const isLast = step !== null && steps?.last() === step
    if (isLast) steps.run('undo')
    setNote(t(isLast ? 'consistency.undone' : 'consistency.none'))
    setStep(null)
  }
  if (adviceCount(advice) === 0 && note === '') return null
  return (
    <section className={styles.advice} aria-label={t('consistency.title')}>
      <h3>{t('consistency.title')}</h3>
      <p className={styles.lead}>{t('consistency.lead')}</p>
      {advice.toTone.old.length > 0 ? (
        <Tones {...props} advice={advice} onMend={editable ? mend : null} />
      ) : null}
      {advice.names.length > 0 ? (
        <>
          <p>{t('consistency.names', { count: advice.names.length })}</p>
          <Spots {...props} spots={advice.names} onMend={editable ? mend : null} />
          {editable && advice.names.length > 1 ? (
            <Button size="small" onClick={() => mend(advice.names)}>
              {t('consistency.mendAll')}
            </Button>
          ) : null}
        </>
      ) : null}
      <p role="status" className={styles.note}>
        {note}
      </p>
      {step && editable ? (
        <Button size="small" onClick={undo}>
          {t('consistency.undo')}
        </Button>
      ) : null}
    </section>
  )
}

function Tones(
  props: Props & { advice: Advice; onMend: ((spots: readonly Spot[]) => void) | null },
) {
  const { advice, onMend } = props
  const t = useText()
  const { tones, toTone } = advice
  const fewer: ToneStyle = toTone.old.length <= toTone.new.length ? 'old' : 'new'
  return (
    <>
      <p>{t('consistency.tone', { old: tones.old, modern: tones.new })}</p>
      <details>
        <summary>{t('consistency.changes')}</summary>
        <Spots {...props} spots={toTone[fewer]} onMend={null} />
      </details>
      {onMend ? (
        <div className={styles.buttons}>
          <Button size="small" onClick={() => onMend(toTone.old)}>
            {t('consistency.toOld', { count: toTone.old.length })}
          </Button>
          <Button size="small" onClick={() => onMend(toTone.new)}>
            {t('consistency.toNew', { count: toTone.new.length })}
          </Button>
        </div>
      ) : null}
    </>
  )
}

function Spots(
  props: Pick<Props, 'placeOf' | 'onShow'> & {
    spots: readonly Spot[]
    onMend: ((spots: readonly Spot[]) => void) | null
  },
) {
  const { spots, placeOf, onShow, onMend } = props
  const t = useText()
  return (
    <ul className={styles.spots}>
      {spots.map((spot) => (
        <li key={`${spot.box} ${spot.change.from}`}>
          <button type="button" className={styles.spot} onClick={() => onShow(spot.clauseId)}>
            <span className={styles.place}>{placeOf(spot.clauseId)}</span>
            <span lang="vi">
              <del>{spot.before}</del> → <ins>{spot.change.text}</ins>
            </span>
          </button>
          {onMend ? (
            <Button
              size="small"
              aria-label={`${t('consistency.mend')}: ${spot.before}`}
              onClick={() => onMend([spot])}
            >
              {t('consistency.mend')}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
