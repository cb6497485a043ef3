import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/**
 * Independent readers of a PDF (poppler, qpdf, NSS, OpenSSL). Their standard error is dropped: poppler complains of
 * every Typst file there. `LC_ALL` keeps their words English and UTF-8.
 * @returns standard output, also where the tool answers with a failure
 */
export async function runTool(tool: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await execute(tool, args, {
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      maxBuffer: 64 * 1024 * 1024,
    })
    return stdout
  } catch (cause) {
    const { stdout, code } = cause as { stdout?: string; code?: unknown }
    if (code === 'ENOENT') throw new Error(`${tool} is not installed`, { cause })
    return stdout ?? ''
  }
}

/** A trust store with one root. @param folder a new or empty one */
export async function trustStore(folder: string, rootPem: string): Promise<string> {
  const store = `sql:${folder}`
  await runTool('certutil', ['-N', '-d', store, '--empty-password'])
  await runTool('certutil', ['-A', '-d', store, '-n', 'root', '-t', 'C,C,C', '-i', rootPem])
  return store
}
