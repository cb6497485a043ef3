import type { OwnSteps, TakenBack } from '../undo/OwnSteps.ts'
import type { Fork } from './fork.ts'

/**
 * Moves in a draft, each one step of the one undo stack: as an act and not as typing, since what was typed in the clause
 * goes along to its new copy, and others' words with it.
 * @param newId names steps
 */
export function draftMoves(
  fork: Pick<Fork, 'move'>,
  steps: Pick<OwnSteps, 'beginAct'>,
  newId: () => string,
) {
  /** Where each step takes its clause back to. */
  const places = new Map<string, { clauseId: string; after: string | null }>()
  return {
    /** @param after null for the beginning. @returns false where it cannot stand there */
    move(clauseId: string, after: string | null): boolean {
      const name = newId()
      const end = steps.beginAct(name)
      const was = fork.move(clauseId, after)
      if (was !== undefined) places.set(name, { clauseId, after: was })
      end(was !== undefined)
      return was !== undefined
    },
    /** @returns the clause, and whether it went back */
    takeBack(name: string, as: string): { taken: TakenBack; clauseId: string | null } {
      const place = places.get(name)
      const was = place && fork.move(place.clauseId, place.after)
      if (!place || was === undefined) return { taken: 'gone', clauseId: null }
      places.set(as, { clauseId: place.clauseId, after: was })
      return { taken: 'done', clauseId: place.clauseId }
    },
  }
}
