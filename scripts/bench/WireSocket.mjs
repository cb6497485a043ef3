// A WebSocket client on a bare TCP socket. The `ws` client would cost the generator more than most servers under
// measurement spend, and would then be what is measured.
import { randomBytes } from 'node:crypto'
import net from 'node:net'

const [TEXT, BINARY, CLOSE, PING, PONG] = [1, 2, 8, 9, 10]
/** All sockets read into it: what a listener wants to keep it must copy. */
const SHARED = Buffer.allocUnsafe(256 * 1024)
const NOTHING = Buffer.alloc(0)

export class WireSocket {
  #socket
  /** What has come of a frame that is not whole yet. */
  #held = []
  #heldBytes = 0
  #needed = 1
  #shaken = false
  #ended = false
  #onMessage
  #onClose

  /**
   * @param url ws://…; @param headers of the upgrade
   * @param onMessage gets each binary message, valid only during the call
   * @param onClose gets the close code when the server ends it, never after {@link end}
   */
  constructor(url, headers, onMessage, onClose) {
    this.#onMessage = onMessage
    this.#onClose = onClose
    const { hostname, port, pathname, host } = new URL(url)
    this.opened = new Promise((resolve, reject) => {
      this.onShaken = resolve
      this.onRefused = reject
    })
    this.#socket = net.connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer: SHARED,
        callback: (length, buffer) => {
          this.#take(buffer.subarray(0, length))
          return true
        },
      },
    })
    const lines = [
      `GET ${pathname} HTTP/1.1`,
      `Host: ${host}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      'Sec-WebSocket-Version: 13',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ]
    this.#socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    this.#socket.on('error', (cause) => this.onRefused(cause))
    this.#socket.on('close', () => this.#closed(1006))
  }

  /** @param payload of one binary message */
  send(payload) {
    this.#write(BINARY, payload)
  }

  end() {
    this.#ended = true
    this.#socket.destroy()
  }

  #write(opcode, payload) {
    const { length } = payload
    const extra = length < 126 ? 0 : length < 65_536 ? 2 : 8
    // A mask of zeros is a mask, and leaves the payload as it is.
    const frame = Buffer.alloc(6 + extra + length)
    frame[0] = 0x80 | opcode
    frame[1] = 0x80 | (extra === 0 ? length : extra === 2 ? 126 : 127)
    if (extra === 2) frame.writeUInt16BE(length, 2)
    else if (extra === 8) frame.writeBigUInt64BE(BigInt(length), 2)
    frame.set(payload, 6 + extra)
    this.#socket.write(frame)
  }

  #take(chunk) {
    if (this.#heldBytes + chunk.length < this.#needed) return this.#hold(Buffer.from(chunk))
    const bytes = this.#heldBytes === 0 ? chunk : Buffer.concat([...this.#held, chunk])
    this.#held = []
    this.#heldBytes = 0
    this.#needed = 1
    const rest = this.#shaken ? this.#readFrames(bytes, 0) : this.#shake(bytes)
    if (rest.length > 0) this.#hold(Buffer.from(rest))
  }

  #hold(copy) {
    this.#held.push(copy)
    this.#heldBytes += copy.length
  }

  #shake(bytes) {
    const end = bytes.indexOf('\r\n\r\n')
    if (end === -1) return bytes
    const status = bytes.latin1Slice(9, 12)
    if (status !== '101') {
      this.onRefused(new Error(`the upgrade was answered with ${status}`))
      return NOTHING
    }
    this.#shaken = true
    this.onShaken()
    return this.#readFrames(bytes, end + 4)
  }

  /** @returns what is left of the last frame */
  #readFrames(bytes, from) {
    let at = from
    while (at + 2 <= bytes.length && !this.#ended) {
      const short = bytes[at + 1] & 0x7f
      const header = short < 126 ? 2 : short === 126 ? 4 : 10
      if (at + header > bytes.length) break
      const length =
        short < 126
          ? short
          : short === 126
            ? bytes.readUInt16BE(at + 2)
            : Number(bytes.readBigUInt64BE(at + 2))
      const end = at + header + length
      if (end > bytes.length) {
        this.#needed = end - at
        break
      }
      this.#frame(bytes[at] & 0x0f, bytes.subarray(at + header, end))
      at = end
    }
    return bytes.subarray(at)
  }

  #frame(opcode, payload) {
    if (opcode === BINARY) this.#onMessage(payload)
    else if (opcode === PING) this.#write(PONG, Buffer.from(payload))
    else if (opcode === CLOSE) this.#closed(payload.length >= 2 ? payload.readUInt16BE(0) : 1005)
    else if (opcode !== TEXT && opcode !== PONG)
      throw new Error(`opcode ${opcode} was not expected`)
  }

  #closed(code) {
    if (this.#ended) return
    this.end()
    this.#onClose(code)
  }
}
