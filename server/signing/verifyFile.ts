import { readFile, stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { VerificationView } from '../../shared/signing/api.ts'
import type { Reader } from '../platform/database.ts'
import { readCertificate } from './certificateDer.ts'
import { fromPem } from './issueCertificate.ts'
import { loadKnownFacts } from './knownFacts.ts'
import { isPdf, verifyInThread } from './verifyInThread.ts'
import type { KnownFacts } from './verifyPdf.ts'

export type Outcome = {
  /** 0 valid, 1 any other verdict, 2 not readable or not asked rightly. */
  exitCode: 0 | 1 | 2
  lines: string[]
}

const USAGE = 'npm run verify -- FILE.pdf [--root ROOT.pem] [--base SHA256]'
const MAX_FILE = 50 * 1024 * 1024

const unreadable = (line: string): Outcome => ({ exitCode: 2, lines: [line] })

/**
 * The verdict on a file, without a server. With `--root` that root alone counts and the file speaks for itself; else
 * the data folder says what was sealed.
 * @param read the data folder, null where there is none
 * @param now milliseconds since 1970
 */
export async function verifyCommand(
  args: readonly string[],
  read: Reader | null,
  now: number,
): Promise<Outcome> {
  const asked = readArguments(args)
  if (!asked) return unreadable(USAGE)
  const { file, root, base } = asked
  let facts: KnownFacts
  let bytes: Buffer
  try {
    if ((await stat(file)).size > MAX_FILE) return unreadable(`${file}: quá 50 MB`)
    bytes = await readFile(file)
    if (root !== null) facts = rootFacts(fromPem(await readFile(root, 'utf8')), now)
    else if (read) facts = await loadKnownFacts(read, now)
    else return unreadable('không có thư mục dữ liệu: đặt DATA_DIR hoặc dùng --root ROOT.pem')
  } catch (cause) {
    return unreadable(cause instanceof Error ? cause.message : String(cause))
  }
  if (!isPdf(bytes)) return unreadable(`${file}: không phải PDF`)
  const view = await verifyInThread(bytes, { ...facts, base })
  return { exitCode: view.verdict === 'valid' ? 0 : 1, lines: describe(view) }
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { root: { type: 'string' }, base: { type: 'string' } },
    })
    const [file, ...more] = positionals
    const base = values.base?.toLowerCase() ?? null
    if (!file || more.length > 0 || (base !== null && !/^[0-9a-f]{64}$/.test(base)))
      return undefined
    return { file, root: values.root ?? null, base }
  } catch {
    // An option that does not exist; the caller shows which there are.
    return undefined
  }
}

function rootFacts(root: Buffer, now: number): KnownFacts {
  readCertificate(root)
  return { roots: [root], documents: [], documentIds: [], base: null, offline: true, now }
}

const VERDICTS: Record<VerificationView['verdict'], string> = {
  valid: 'hợp lệ',
  incomplete: 'chưa đủ chữ ký',
  superseded: 'đã có bản thay thế',
  rehearsal: 'bản tập dượt',
  invalid: 'không hợp lệ',
  foreign: 'không phải văn bản của hệ thống này',
}

function describe({ verdict, document, signatures, problems }: VerificationView): string[] {
  return [
    `${verdict}: ${VERDICTS[verdict]}`,
    ...(document ? [`${document.title} (${document.kind}, lần ${document.edition})`] : []),
    ...signatures.map(
      ({ placeId, agency, person, at, level, valid }) =>
        `  ${valid ? '+' : '-'} ${placeId}: ${[person, agency, at, level].filter(Boolean).join(', ')}`,
    ),
    ...problems.map(({ code, message }) => `  ! ${code}: ${message}`),
  ]
}
