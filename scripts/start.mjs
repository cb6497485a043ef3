// `npm start` gives Node smaller young generations (`--max-semi-space-size`): a process with hundreds of rooms otherwise holds
// tens of megabytes of garbage that nobody has looked at yet, and spends no less time on it.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, install, ROOT, requireNode } from './prepare.mjs'

requireNode()
await install()
await build()
process.env.NODE_ENV ??= 'production'
await import(pathToFileURL(path.join(ROOT, 'dist/server/main.js')).href)
