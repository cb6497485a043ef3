import { Worker, type WorkerOptions } from 'node:worker_threads'

/** Entry files of worker threads, by the name the bundle gives them. */
const ENTRIES = {
  sqliteWriter: './sqliteWriter.ts',
  compactWorker: '../sync/compactWorker.ts',
  renderPdf: '../signing/renderPdf.ts',
  verifyWorker: '../signing/verifyWorker.ts',
} as const
export type WorkerName = keyof typeof ENTRIES

/** Folder of the bundle, with a slash at its end; null while this runs from the source. */
let bundle: URL | null = import.meta.url.endsWith('.ts') ? null : new URL('./', import.meta.url)

/** From now on threads start from the files of this bundle, in a fifth of the time that their source takes. */
export function startWorkersFrom(folder: URL): void {
  bundle = folder
}

/** Starts a thread from the bundle's own file, or from the source through tsx in development. */
export function startWorker(name: WorkerName, options: WorkerOptions = {}): Worker {
  if (bundle) return new Worker(new URL(`${name}.js`, bundle), options)
  const source = new URL(ENTRIES[name], import.meta.url).href
  // On Node 20 `--import tsx` does not reach a thread's entry file, so the thread registers it and then imports.
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source)}) })`
  return new Worker(bootstrap, { ...options, eval: true, execArgv: [] })
}

/**
 * One job in a thread of its own, which ends with it: a job that hangs or eats memory takes nothing else down.
 * The thread answers once, with `{value}` or `{error}`.
 * @throws {WorkerTimeout} after `timeoutMs`; whatever the job threw, as an Error with its message
 */
export async function runInWorker<T>(
  name: WorkerName,
  workerData: unknown,
  limits: { timeoutMs: number; maxMemoryMb: number },
): Promise<T> {
  const worker = startWorker(name, {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: limits.maxMemoryMb },
  })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => reject(new WorkerTimeout(name, limits.timeoutMs)), limits.timeoutMs)
      worker.once('message', (answer: { value: T } | { error: string }) =>
        'error' in answer ? reject(new Error(answer.error)) : resolve(answer.value),
      )
      worker.once('error', reject)
      worker.once('exit', (code) => reject(new Error(`worker ${name} ended with ${code}`)))
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

export class WorkerTimeout extends Error {
  constructor(name: string, ms: number) {
    super(`worker ${name} took longer than ${ms} ms`)
    this.name = 'WorkerTimeout'
  }
}
