import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'

/** Why nothing can be traced here, or null. */
export const noTrace: string | null = (() => {
  const { error, status } = spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', 'true'])
  if (error) return 'strace is not installed'
  return status === 0 ? null : 'strace may not trace here (ptrace is refused)'
})()

/** Where a trace goes that nobody reads. */
const NOWHERE = ['-o', '/dev/null']

export type Tracer = {
  process: ChildProcess
  /** Lets go of the process, which goes on untouched. */
  detach(): Promise<void>
}

/**
 * Meddles with a running process from now on.
 * @param options as strace takes them, such as `-e inject=pwrite64:error=EROFS`
 */
export async function attachStrace(pid: number, options: readonly string[]): Promise<Tracer> {
  const tracer = spawn(
    'strace',
    ['-f', ...(options.includes('-o') ? [] : NOWHERE), ...options, '-p', String(pid)],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let said = ''
  await new Promise<void>((resolve, reject) => {
    tracer.stderr.on('data', (data) => {
      said += String(data)
      if (/attached/.test(said)) resolve()
    })
    tracer.once('exit', () => reject(new Error(`strace: ${said}`)))
  })
  const ended = once(tracer, 'exit')
  return {
    process: tracer,
    async detach() {
      tracer.kill('SIGINT')
      await ended
    },
  }
}
