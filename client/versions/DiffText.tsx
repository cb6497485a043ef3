import { type CSSProperties, memo, type ReactNode } from 'react'
import type { PersonRef } from '../../shared/base/contract.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import styles from './DiffText.module.css'
import type { NumberedItem, NumberedPart } from './numberChanges.ts'

/** How the words of a person are marked: a colour and a kind of line, so that either is enough. */
export type Hand = { name: string; color: string; line: string }
export type HandOf = (by: string | undefined) => Hand

export type DiffTextProps = {
  items: readonly NumberedItem[]
  handOf: HandOf
  /** Number of the change one has stepped to. */
  current: number
  /** Puts one clause back; absent where that cannot be done. */
  onRestore?: ((clauseId: string) => void) | undefined
}

/** A text with what has changed in it. Nothing in it can be typed into. */
export function DiffText({ items, handOf, current, onRestore }: DiffTextProps) {
  return items.map((numbered) => (
    <Block
      key={numbered.item.clauseId}
      numbered={numbered}
      handOf={handOf}
      current={holds(numbered, current) ? current : 0}
      onRestore={onRestore}
    />
  ))
}

const holds = ({ change, parts, cells }: NumberedItem, current: number): boolean =>
  change === current ||
  parts.some((part) => part.change === current) ||
  cells.some((row) => row.some((cell) => cell.some((part) => part.change === current)))

type BlockProps = Omit<DiffTextProps, 'items'> & { numbered: NumberedItem }

const Block = memo(function Block({ numbered, handOf, current, onRestore }: BlockProps) {
  const t = useText()
  const { item, change, parts } = numbered
  const { kind, level, label, levelBefore } = item
  const tags = [
    kind === 'added' || kind === 'removed' || kind === 'moved' ? t(`history.${kind}`) : null,
    levelBefore ? t('history.level') : null,
  ].filter((tag) => tag !== null)
  const mayRestore = onRestore && (kind === 'changed' || kind === 'moved')
  return (
    <div
      className={styles.block}
      data-kind={kind}
      data-level={level}
      data-change={change ?? undefined}
      data-current={change !== null && change === current ? true : undefined}
    >
      {tags.length > 0 || mayRestore ? (
        <div className={styles.tags}>
          {tags.map((tag) => (
            <span key={tag} className={styles.tag}>
              {tag}
            </span>
          ))}
          {mayRestore ? (
            <Button size="small" look="ghost" onClick={() => onRestore(item.clauseId)}>
              {t('history.restoreClause')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {item.table ? (
        <Table numbered={numbered} handOf={handOf} current={current} />
      ) : (
        <p>
          {label === '' ? null : <b className={styles.label}>{printed(label, level)} </b>}
          {words(parts, handOf, current)}
        </p>
      )}
    </div>
  )
})

/** As the page prints it. */
const printed = (label: string, level: string) =>
  level === 'point' ? `${label})` : level === 'chapter' || level === 'part' ? label : `${label}.`

function words(parts: readonly NumberedPart[], handOf: HandOf, current: number): ReactNode[] {
  return parts.map((part, index) => {
    if (part.kind === 'same') return part.text
    const { name, color, line } = handOf(part.by)
    const Tag = part.kind === 'added' ? 'ins' : 'del'
    return (
      <Tag
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other name
        key={index}
        title={name}
        data-change={part.change}
        data-by={name}
        data-current={part.change === current ? true : undefined}
        style={{ '--hand': color, '--line': line } as CSSProperties}
      >
        {part.text}
      </Tag>
    )
  })
}

function Table({ numbered, handOf, current }: Omit<BlockProps, 'onRestore'>) {
  const { table } = numbered.item
  if (!table) return null
  return (
    <table className={styles.table}>
      <tbody>
        {table.rows.map((row, r) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
          <tr key={r} data-kind={row.kind}>
            {squares(row.cells, table.columns).map((square) =>
              square.at === null ? (
                <td key={`e${square.column}`} />
              ) : (
                <td
                  key={square.column}
                  colSpan={row.cells[square.at]?.span}
                  data-kind={row.cells[square.at]?.kind}
                >
                  {words(numbered.cells[r]?.[square.at] ?? [], handOf, current)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The cells of a row, and nothing where a cell of a row above hangs down or a column is of other rows only. */
function squares(cells: readonly { column: number; span: number }[], columns: number) {
  const found: { column: number; at: number | null }[] = []
  for (let column = 0; column < columns; ) {
    const at = cells.findIndex((cell) => cell.column === column)
    found.push({ column, at: at < 0 ? null : at })
    column += at < 0 ? 1 : Math.max(1, cells[at]?.span ?? 1)
  }
  return found
}

/** Who wrote what, and how it is marked. */
export function Legend({ people, handOf }: { people: readonly PersonRef[]; handOf: HandOf }) {
  const t = useText()
  return (
    <ul className={styles.legend} aria-label={t('history.authors')}>
      {people.map(({ id }) => {
        const { name, color, line } = handOf(id)
        return (
          <li key={id}>
            <ins style={{ '--hand': color, '--line': line } as CSSProperties}>{name}</ins>
          </li>
        )
      })}
    </ul>
  )
}
