import type { ByteWriter } from './ByteWriter.ts'

/** Letters of one author; `end` is the first that is not among them. */
export type Range = { clock: number; end: number }

/** In their order, those that meet as one. */
export function sortedRanges(ranges: readonly Range[]): Range[] {
  const sorted: Range[] = []
  for (const { clock, end } of [...ranges].sort((a, b) => a.clock - b.clock)) {
    const last = sorted.at(-1)
    if (last && clock <= last.end) last.end = Math.max(last.end, end)
    else sorted.push({ clock, end })
  }
  return sorted
}

/** The deletions with which an update ends. */
export function writeDeletes(
  writer: ByteWriter,
  deletes: readonly { client: number; ranges: readonly Range[] }[],
): void {
  const some = deletes.filter(({ ranges }) => ranges.length > 0)
  writer.uint(some.length)
  for (const { client, ranges } of some) {
    writer.uint(client)
    writer.uint(ranges.length)
    for (const { clock, end } of ranges) {
      writer.uint(clock)
      writer.uint(end - clock)
    }
  }
}
