import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

/** A TCP connection that says what no decent client says, and keeps what it hears. */
export class RawSocket {
  readonly socket: Socket
  readonly closed: Promise<void>
  #heard = Buffer.alloc(0)
  #told: () => void = () => {}

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (data) => {
      this.#heard = Buffer.concat([this.#heard, data])
      this.#told()
    })
    socket.on('error', () => {
      // The close that follows says what matters.
    })
    this.closed = new Promise((resolve) =>
      socket.on('close', () => {
        this.#told()
        resolve()
      }),
    )
  }

  static async open(url: string): Promise<RawSocket> {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    return new RawSocket(socket)
  }

  write(data: string | Uint8Array): void {
    if (!this.socket.destroyed) this.socket.write(data)
  }

  /** Status of the answer's first line; 0 when the connection closed without one. */
  async status(): Promise<number> {
    for (;;) {
      const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(this.#heard.toString('latin1')) ?? []
      if (status !== undefined) return Number(status)
      if (this.socket.closed) return 0
      await this.#more()
    }
  }

  /** The code of the server's close frame; null when the connection closed without one. */
  async closeCode(): Promise<number | null> {
    for (;;) {
      const code = this.#closeFrame()
      if (code !== null) this.socket.destroy()
      if (code !== null || this.socket.closed) return code
      await this.#more()
    }
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#told = resolve
    })
  }

  #closeFrame(): number | null {
    let at = this.#heard.indexOf('\r\n\r\n') + 4
    while (at + 2 <= this.#heard.length) {
      const type = (this.#heard[at] ?? 0) & 15
      const short = (this.#heard[at + 1] ?? 0) & 127
      const long = short === 126 ? 4 : 10
      const header = short < 126 ? 2 : long
      if (at + header + 2 > this.#heard.length) return null
      let length = short
      if (short === 126) length = this.#heard.readUInt16BE(at + 2)
      if (short === 127) length = Number(this.#heard.readBigUInt64BE(at + 2))
      if (type === 8 && length >= 2) return this.#heard.readUInt16BE(at + header)
      at += header + length
    }
    return null
  }

  end(): void {
    this.socket.destroy()
  }
}

/** The upgrade request of a browser, header by header, to be changed. */
export const upgradeHeaders = (headers: Record<string, string>): [string, string][] => [
  ['Host', 'localhost'],
  ['Connection', 'Upgrade'],
  ['Upgrade', 'websocket'],
  ['Sec-WebSocket-Version', '13'],
  ['Sec-WebSocket-Key', randomBytes(16).toString('base64')],
  ...Object.entries(headers),
]

export const request = (line: string, headers: readonly (readonly [string, string])[]): string =>
  [line, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n')

export type WireFrame = {
  /** First byte: FIN and reserved bits, and the opcode. */
  first: number
  payload?: Uint8Array
  masked?: boolean
  /** The length that it says, when not its own. */
  says?: number
}

/** A WebSocket frame as a client writes it (RFC 6455, 5.2), or as none does. */
export function wireFrame({
  first,
  payload = new Uint8Array(),
  masked = true,
  says,
}: WireFrame): Buffer {
  const length = says ?? payload.length
  const bit = masked ? 0x80 : 0
  const long = length < 65_536 ? 4 : 10
  const header = Buffer.alloc(length < 126 ? 2 : long)
  header[0] = first
  if (length < 126) header[1] = bit | length
  else if (length < 65_536) {
    header[1] = bit | 126
    header.writeUInt16BE(length, 2)
  } else {
    header[1] = bit | 127
    header.writeBigUInt64BE(BigInt(length), 2)
  }
  // A mask of zeros changes nothing.
  return Buffer.concat([header, masked ? Buffer.alloc(4) : Buffer.alloc(0), payload])
}
