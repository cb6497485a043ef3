import { connect, createServer, type Server, type Socket } from 'node:net'

/** `up` is from the client to the server. */
export type Direction = 'up' | 'down'

/**
 * A way to the server that can fail. Time passes in it by explicit steps alone: what is held stays until somebody
 * lets it go. A lane outlives the connections made through it, so that a client comes back the same way.
 */
export type Lane = {
  /** The server's address with this lane's port in it. */
  url: string
  /** From now on nothing passes this way; it waits. */
  hold(direction: Direction): void
  /** Lets the next held pieces through, at most `bytes` of them. @returns bytes that passed */
  step(direction: Direction, bytes: number): number
  /** Lets all that waits through, and what comes after it. */
  flow(direction?: Direction): void
  /** Ends every connection on both sides with a reset; what is held is lost. */
  cut(): void
  /** The client's end dies and the server is never told: no FIN, no reset, nothing that waits arrives. */
  loseClient(): void
  /** The server's end dies and the client is never told: what it writes vanishes. */
  loseServer(): void
  /** Connections that still pass something. */
  readonly links: number
  close(): Promise<void>
}

type Link = {
  client: Socket
  server: Socket
  waiting: Record<Direction, Buffer[]>
  /** Ends that are gone while the other is not told. */
  dark: boolean
}

/** @param target address of the server, path included: `ws://127.0.0.1:4711/sync` */
export async function openLane(target: string): Promise<Lane> {
  const { hostname, port } = new URL(target)
  const links = new Set<Link>()
  const held: Record<Direction, boolean> = { up: false, down: false }
  const far = (link: Link, direction: Direction) => (direction === 'up' ? link.server : link.client)

  const pass = (link: Link, direction: Direction, piece: Buffer) => {
    if (link.dark) return
    if (held[direction]) link.waiting[direction].push(piece)
    else far(link, direction).write(piece)
  }
  const end = (link: Link) => {
    links.delete(link)
    link.client.resetAndDestroy()
    link.server.resetAndDestroy()
  }
  const listener = createServer({ noDelay: true }, (client) => {
    const server = connect({ port: Number(port), host: hostname, noDelay: true })
    const link: Link = { client, server, waiting: { up: [], down: [] }, dark: false }
    links.add(link)
    client.on('data', (piece) => pass(link, 'up', piece))
    server.on('data', (piece) => pass(link, 'down', piece))
    for (const [near, other] of [
      [client, server],
      [server, client],
    ] as const) {
      near.on('error', () => {
        // The close that follows says what matters.
      })
      near.on('end', () => {
        if (!link.dark) other.end()
      })
      near.on('close', () => {
        if (link.dark) return
        links.delete(link)
        other.destroy()
      })
    }
  })
  await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening))
  const lose = (which: 'client' | 'server') => {
    for (const link of links) {
      link.dark = true
      link[which].destroy()
    }
  }

  return {
    url: target.replace(`:${port}`, `:${portOf(listener)}`),
    hold(direction) {
      held[direction] = true
    },
    step(direction, bytes) {
      let passed = 0
      for (const link of links)
        while (passed < bytes) {
          const piece = link.waiting[direction].shift()
          if (!piece) break
          const now = piece.subarray(0, bytes - passed)
          if (now.length < piece.length) link.waiting[direction].unshift(piece.subarray(now.length))
          far(link, direction).write(now)
          passed += now.length
        }
      return passed
    },
    flow(only) {
      for (const direction of only ? [only] : (['up', 'down'] as const)) {
        held[direction] = false
        for (const link of links)
          for (const piece of link.waiting[direction].splice(0)) pass(link, direction, piece)
      }
    },
    cut() {
      for (const link of links) end(link)
    },
    loseClient: () => lose('client'),
    loseServer: () => lose('server'),
    get links() {
      return [...links].filter(({ dark }) => !dark).length
    },
    async close() {
      for (const link of links) end(link)
      await new Promise((closed) => listener.close(closed))
    },
  }
}

function portOf(listener: Server): number {
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('the lane has no port')
  return address.port
}
