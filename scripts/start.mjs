import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, install, ROOT, requireNode } from './prepare.mjs'

requireNode()
await install()
await build()
process.env.NODE_ENV ??= 'production'
await import(pathToFileURL(path.join(ROOT, 'dist/server/main.js')).href)
