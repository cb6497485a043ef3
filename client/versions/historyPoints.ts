import type { PersonRef } from '../../shared/base/contract.ts'
import type { VersionView } from '../../shared/versions/api.ts'

/** What the list shows: a version, or the text as it is now. */
export type Point = {
  /** Of the version; `now`. */
  id: string
  /** As the diff route takes it: a version, or a row of the log. */
  at: string
  revision: number
  time: string
  authors: readonly PersonRef[]
  version: VersionView | null
}

export type Listed = {
  versions: readonly VersionView[]
  now: { revision: number; at: string; authors: readonly PersonRef[] } | null
}

/** The first row of a log writes the text that everybody starts from. */
export const START = '1'

/** Newest first. */
export function historyPoints({ versions, now }: Listed): Point[] {
  const kept = versions.map((version) => ({
    id: version.id,
    at: version.id,
    revision: version.revision,
    time: version.at,
    authors: version.authors,
    version,
  }))
  if (!now) return kept
  const { revision, at, authors } = now
  return [{ id: 'now', at: String(revision), revision, time: at, authors, version: null }, ...kept]
}

/** What a point is compared with when nobody chooses: the last one before it that has another text. */
export const before = (points: readonly Point[], point: Point): string =>
  points.find(({ revision }) => revision < point.revision)?.at ?? START

/** By the day in the reader's zone, newest first. */
export function byDay(points: readonly Point[], language: string): [day: string, Point[]][] {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'full' })
  const days = new Map<string, Point[]>()
  for (const point of points) {
    const day = format.format(new Date(point.time))
    days.set(day, [...(days.get(day) ?? []), point])
  }
  return [...days]
}
