// The plain page, built once a run and served from memory.
import http from 'node:http'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { ROOT } from '../../prepare.mjs'

const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css' }

/** @returns its url, and `close` */
export async function servePlainPage() {
  const { output } = await build({
    configFile: false,
    root: path.join(ROOT, 'scripts/bench/editor/plainPage'),
    plugins: [react()],
    resolve: { dedupe: ['yjs', 'react', 'react-dom', 'prosemirror-state', 'prosemirror-model'] },
    logLevel: 'error',
    build: { write: false, target: 'es2022' },
  })
  const files = new Map(
    output.map(({ fileName, code, source }) => [`/${fileName}`, code ?? source]),
  )
  const server = http.createServer(({ url }, res) => {
    const name = url === '/' ? '/index.html' : url
    const file = files.get(name)
    if (file === undefined) return res.writeHead(404).end()
    const cache = name.startsWith('/assets') ? 'public, max-age=31536000, immutable' : 'no-cache'
    res.writeHead(200, {
      'content-type': TYPES[name.split('.').at(-1)] ?? 'application/octet-stream',
      'cache-control': cache,
    })
    res.end(file)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}
