// @y/websocket-server as its own server.js runs it, in memory. Copied beside its packages before it starts.
import http from 'node:http'
import { setupWSConnection } from '@y/websocket-server/utils'
import WebSocket from 'ws'

const server = http.createServer()
const sockets = new WebSocket.Server({ noServer: true })
sockets.on('connection', setupWSConnection)
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request)),
)
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
