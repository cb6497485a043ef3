// The floor: frames once, writes the same buffer to every other socket of the room. No state, nothing stored, nothing
// checked.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
const rooms = new Map()
sockets.on('connection', (socket, { url }) => {
  const room = rooms.get(url) ?? new Set()
  rooms.set(url, room)
  room.add(socket)
  socket.on('close', () => room.delete(socket))
  socket.on('message', (data) => {
    const head = data.length < 126 ? Buffer.from([0x82, data.length]) : longHead(data.length)
    const frame = Buffer.concat([head, data])
    for (const other of room) if (other !== socket) other._socket.write(frame)
  })
})
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))

function longHead(length) {
  const head = Buffer.alloc(length < 65_536 ? 4 : 10)
  head[0] = 0x82
  head[1] = length < 65_536 ? 126 : 127
  if (length < 65_536) head.writeUInt16BE(length, 2)
  else head.writeBigUInt64BE(BigInt(length), 2)
  return head
}
