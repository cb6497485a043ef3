import { spawn } from 'node:child_process'
import { install, ROOT, requireNode } from './prepare.mjs'

requireNode()
await install()
const server = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts', '--dev'], {
  cwd: ROOT,
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.once('exit', (code) => process.exit(code ?? 1))
