import * as Y from 'yjs'
import type { Chance } from './seeded.ts'

/**
 * People who write in copies of the server's text, over lines as slow as chance has it, each with all of the text first.
 * @param arrived after an update of somebody has come to the server
 */
export function slowLines(
  server: Y.Doc,
  copies: readonly Y.Doc[],
  chance: Chance,
  arrived: () => unknown,
) {
  const up = copies.map((): Uint8Array[] => [])
  const down = copies.map((): Uint8Array[] => [Y.encodeStateAsUpdate(server)])
  server.on('update', (update: Uint8Array) => {
    for (const line of down) line.push(update)
  })
  copies.forEach((copy, n) => {
    copy.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== server) up[n]?.push(update)
    })
  })
  const toServer = (n: number) => {
    const update = up[n]?.shift()
    if (!update) return
    Y.applyUpdate(server, update)
    arrived()
  }
  const toCopy = (n: number) => {
    const update = down[n]?.shift()
    if (update) Y.applyUpdate(copies[n] as Y.Doc, update, server)
  }
  for (const n of copies.keys()) toCopy(n)
  return {
    /** Some of what is on the way arrives. */
    some() {
      while (chance.oneIn(2)) toServer(chance.below(copies.length))
      while (chance.oneIn(2)) toCopy(chance.below(copies.length))
    },
    /** All of it does. */
    settle() {
      while ([...up, ...down].some((line) => line.length > 0))
        for (const n of copies.keys()) {
          toServer(n)
          toCopy(n)
        }
    },
  }
}
