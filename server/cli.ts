import { existsSync } from 'node:fs'
import path from 'node:path'
import { verifyAudit } from './audit/verifyAudit.ts'
import { readConfig } from './platform/config.ts'
import { openReader, type Reader } from './platform/database.ts'
import { verifyCommand } from './signing/verifyFile.ts'

/** Exit status: 0 as asked and good, 1 as asked and not good, 2 could not be done. */
export async function runCommand(name: string | undefined, args: string[]): Promise<number> {
  switch (name) {
    case 'verify':
      return withReader((read) => verify(args, read))
    case 'audit-verify':
      return withReader(auditVerify)
    default:
      complain(`unknown command: ${name}`)
      return 2
  }
}

const say = (line: string) => process.stdout.write(`${line}\n`)
const complain = (line: string) => process.stderr.write(`nhat-tri: ${line}\n`)

/** The data folder may be in use: commands only read, beside a running server. */
async function withReader(work: (read: Reader | null) => Promise<number>): Promise<number> {
  const { dataDir } = readConfig(process.env)
  const file = path.join(dataDir, 'nhat-tri.sqlite')
  const read = existsSync(file) ? openReader(file) : null
  try {
    return await work(read)
  } finally {
    await read?.destroy()
  }
}

async function verify(args: string[], read: Reader | null): Promise<number> {
  const { exitCode, lines } = await verifyCommand(args, read, Date.now())
  for (const line of lines) say(line)
  return exitCode
}

async function auditVerify(read: Reader | null): Promise<number> {
  if (!read) {
    complain('there is no data folder here; set DATA_DIR')
    return 2
  }
  let broken = false
  for (const chain of await verifyAudit(read)) {
    if (chain.broken) broken = true
    say(
      chain.broken
        ? `${chain.blocId}: broken at row ${chain.broken.seq} (${chain.broken.problem})`
        : `${chain.blocId}: ${chain.entries} entries, unbroken`,
    )
  }
  return broken ? 1 : 0
}
