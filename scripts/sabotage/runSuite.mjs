import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'

/** Suites that start the built server. */
const NEED_BUILD = /tests\/sync\/(kill9|crash\/ioErrors)\.test\.ts$|tests\/journeys\//
const LIMIT_MS = 420_000

const projectOf = (file) =>
  /^tests\/(architecture|shared|client)\b/.test(file)
    ? 'unit'
    : file.startsWith('tests/journeys/')
      ? 'browser'
      : file.startsWith('tests/sync/')
        ? 'sync'
        : 'server'

/** A suite as plants name it: a file, or a file and part of the titles to run. */
export const suiteOf = (named) => (typeof named === 'string' ? [named, ''] : named)
export const suiteKey = (named) => suiteOf(named).filter(Boolean).join(' › ')

/** Groups of processes that are running now. */
const running = new Set()
export function endAll() {
  for (const pid of running) end(pid)
}
function end(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (cause) {
    // Gone by itself meanwhile.
    if (cause.code !== 'ESRCH') throw cause
  }
}

/**
 * Runs one suite in the copy, up to its first failing test.
 * @returns how many tests passed; the first that failed, or null; what else went wrong, or null: a file that does not
 * load and a run without an end are no failing tests
 */
export async function runSuite(copy, named) {
  const [file, title] = suiteOf(named)
  if (!existsSync(copy.at(file))) return { passed: 0, failed: null, trouble: `no ${file}` }
  if (NEED_BUILD.test(file)) copy.calledUnbuilt()
  else copy.calledBuilt()
  const report = path.join(copy.folder, 'sabotage-report.json')
  rmSync(report, { force: true })
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', projectOf(file), file]
  args.push('--bail=1', '--reporter=json', `--outputFile=${report}`)
  if (title) args.push('-t', title.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
  const child = spawn(process.execPath, args, {
    cwd: copy.folder,
    // A group of its own, so that it ends with all that it has started.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SOAK: '', NO_COLOR: '1' },
  })
  running.add(child.pid)
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => (said = (said + data).slice(-4000)))
  let late = false
  const timer = setTimeout(() => {
    late = true
    end(child.pid)
  }, LIMIT_MS)
  const status = await new Promise((closed) => child.once('close', closed))
  clearTimeout(timer)
  end(child.pid)
  running.delete(child.pid)
  if (late) return { passed: 0, failed: null, trouble: `no end within ${LIMIT_MS / 1000} s` }
  if (!existsSync(report)) return { passed: 0, failed: null, trouble: `no report:\n${said}` }
  return judge(JSON.parse(readFileSync(report, 'utf8')), status, said)
}

function judge({ numPassedTests: passed, testResults }, status, said) {
  const failing = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter((one) => one.status === 'failed'),
  )
  const [first] = failing
  if (first) {
    const said = (first.failureMessages[0] ?? '').split('\n')[0]
    // What vitest leaves of a test whose time was up.
    const why = said.endsWith('STACK_TRACE_ERROR') ? 'waited in vain until its time was up' : said
    const title = [...first.ancestorTitles, first.title].filter(Boolean).join(' › ')
    return { passed, failed: { title, why }, trouble: null }
  }
  const unloaded = testResults.find((one) => one.status === 'failed')
  const trouble = unloaded
    ? `does not load: ${unloaded.message}`
    : status === 0
      ? null
      : `ended with ${status} and no failing test:\n${said}`
  return { passed, failed: null, trouble }
}
