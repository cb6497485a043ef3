import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, install, ROOT, requireNode } from './prepare.mjs'

requireNode()
await install()
await build()
process.env.NODE_ENV ??= 'production'
const { runCommand } = await import(pathToFileURL(path.join(ROOT, 'dist/server/cli.js')).href)
process.exitCode = await runCommand(process.argv[2], process.argv.slice(3))
