import type { Compilable, CompiledQuery } from 'kysely'
import type { Reader, Tx } from './database.ts'
import { readDirectly } from './directReads.ts'

/**
 * For a query that is asked with every keystroke: its text is made once, since making it costs more than running it.
 * @param build makes the query; it may do nothing with its parameters but hand them on as values
 */
export function compileOnce<P extends readonly unknown[], R>(
  build: (db: Reader | Tx, ...parameters: P) => Compilable<R>,
): (db: Reader | Tx, ...parameters: P) => Promise<R[]> {
  let compiled: CompiledQuery<R> | undefined
  let places: number[] = []
  return async (db, ...parameters) => {
    if (!compiled) {
      const markers = parameters.map((_, place) => ({ place }))
      compiled = build(db, ...(markers as unknown as P)).compile()
      places = compiled.parameters.map((value) => markers.indexOf(value as { place: number }))
    }
    const { parameters: fixed } = compiled
    const values = places.map((place, i) => (place < 0 ? fixed[i] : parameters[place]))
    return (
      readDirectly<R>(db, compiled.sql, values) ??
      (await db.executeQuery<R>({ ...compiled, parameters: values })).rows
    )
  }
}
