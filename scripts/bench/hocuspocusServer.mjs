// Hocuspocus with its SQLite extension, both with their defaults. Copied beside its packages before it starts.
import { SQLite } from '@hocuspocus/extension-sqlite'
import { Server } from '@hocuspocus/server'

const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  extensions: [new SQLite({ database: process.env.BENCH_FILE })],
})
await server.listen()
console.log(`listening on ${server.address.port}`)
