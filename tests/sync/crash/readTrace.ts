import { readFileSync } from 'node:fs'

/** One finished call of the traced program; paths are absolute. */
export type Call =
  | { kind: 'create' | 'unlink' | 'sync'; path: string }
  | { kind: 'rename'; path: string; to: string }
  | { kind: 'truncate'; path: string; size: number }
  /** `at` null: where the last write to it ended. */
  | { kind: 'write'; path: string; at: number | null; bytes: Buffer }
  /** On its standard output. */
  | { kind: 'said'; text: string }

export const TRACE_OPTIONS = [
  ...['--seccomp-bpf', '-y', '-xx', '-s', '2000000', '-e'],
  'trace=openat,pwrite64,write,ftruncate,rename,unlink,fsync,fdatasync',
]

const unhex = (text: string) => Buffer.from(text.replaceAll('\\x', ''), 'hex')
/** With `-xx` a string is nothing but `\\x..`. */
const HEX = '([^"]*)'
const FD = '(\\d+)<([^>]*)>'

/** Calls in the order in which they ended, as strace wrote them with {@link TRACE_OPTIONS}. */
export function readTrace(file: string): Call[] {
  const begun = new Map<string, string>()
  const calls: Call[] = []
  for (const line of readFileSync(file, 'latin1').split('\n')) {
    const [, pid = '', rest = ''] = /^(\d+) +(.*)$/s.exec(line) ?? []
    if (rest.endsWith('<unfinished ...>')) {
      begun.set(pid, rest.slice(0, -'<unfinished ...>'.length).trimEnd())
      continue
    }
    const [, , ending] = /^<\.\.\. (\w+) resumed>(.*)$/s.exec(rest) ?? []
    const call = callOf(ending === undefined ? rest : `${begun.get(pid) ?? ''}${ending}`)
    if (call) calls.push(call)
  }
  return calls
}

function callOf(text: string): Call | null {
  // Calls that failed changed nothing.
  const [, answer] = /= (-?\d+)[^=]*$/.exec(text) ?? []
  if (answer === undefined || answer.startsWith('-')) return null
  const name = text.slice(0, text.indexOf('('))
  const string = (pattern: string) => {
    const match = new RegExp(pattern).exec(text)
    if (!match) throw new Error(`not understood: ${text.slice(0, 200)}`)
    return match
  }
  const path = (hex: string | undefined) => unhex(hex ?? '').toString()
  switch (name) {
    case 'openat': {
      const [, place, flags = ''] = string(`^openat\\([^"]*"${HEX}", (\\S+)`)
      return flags.includes('O_CREAT') ? { kind: 'create', path: path(place) } : null
    }
    case 'pwrite64': {
      const [, , place, bytes, , at] = string(`^pwrite64\\(${FD}, "${HEX}", (\\d+), (\\d+)\\)`)
      return { kind: 'write', path: path(place), at: Number(at), bytes: unhex(bytes ?? '') }
    }
    case 'write': {
      const [, fd, place, hex] = string(`^write\\(${FD}, "${HEX}"`)
      const bytes = unhex(hex ?? '').subarray(0, Number(answer))
      if (fd === '1') return { kind: 'said', text: bytes.toString() }
      return { kind: 'write', path: path(place), at: null, bytes }
    }
    case 'ftruncate': {
      const [, , place, size] = string(`^ftruncate\\(${FD}, (\\d+)\\)`)
      return { kind: 'truncate', path: path(place), size: Number(size) }
    }
    case 'fsync':
    case 'fdatasync':
      return { kind: 'sync', path: path(string(`^\\w+\\(${FD}`)[2]) }
    case 'unlink':
      return { kind: 'unlink', path: path(string(`^unlink\\("${HEX}"`)[1]) }
    case 'rename': {
      const [, from, to] = string(`^rename\\("${HEX}", "${HEX}"`)
      return { kind: 'rename', path: path(from), to: path(to) }
    }
    default:
      return null
  }
}
