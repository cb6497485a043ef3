import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runInWorker } from '../../../server/platform/startWorker.ts'
import { readCms } from '../../../server/signing/cades.ts'
import { toPem } from '../../../server/signing/issueCertificate.ts'
import { renderDocument } from '../../../server/signing/renderDocument.ts'
import { verifyPdf } from '../../../server/signing/verifyPdf.ts'
import { canonicalJson } from '../../../shared/base/canonicalJson.ts'
import type { ClauseId } from '../../../shared/base/ids.ts'
import { runTool, trustStore } from '../../support/pdfTools.ts'
import { offlineFacts, sampleSource, serverFacts, sha256, signAll, testRoot } from './signedFile.ts'

// Tools and threads start slowly on a machine that runs other suites beside this one.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const source = sampleSource('covenant')
const root = testRoot()
let states: Buffer[]
let folder: string
const file = (name: string) => path.join(folder, name)
const last = () => states.at(-1) as Buffer

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nhat-tri-pdf-'))
  states = signAll(source, root)
  await writeFile(file('root.pem'), toPem(root.certificate))
  await Promise.all(states.map((state, i) => writeFile(file(`${i}.pdf`), state)))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the file that is sealed', () => {
  test('[acceptance 1] is tagged A4 in PDF 1.7, dated when it was locked', async () => {
    const info = await runTool('pdfinfo', [file('0.pdf')])
    expect(info).toMatch(/Tagged: +yes/)
    expect(info).toMatch(/Page size: .*\(A4\)/)
    expect(info).toMatch(/PDF version: +1\.7/)
    expect(info).toContain('BẢN GIAO ƯỚC THI ĐUA Khối thi đua các cơ quan tham mưu tổng hợp')
    expect(info).toMatch(/CreationDate: .*Feb 28 .*2022/)
  })

  test('[acceptance 2] embeds all its fonts, and they are all Tinos', async () => {
    for (const state of ['0.pdf', `${states.length - 1}.pdf`]) {
      const rows = (await runTool('pdffonts', [file(state)])).trim().split('\n').slice(2)
      expect(rows.length).toBeGreaterThan(2)
      for (const row of rows) expect(row).toMatch(/^[A-Z]{6}\+Tinos\S* .* yes +yes +yes /)
    }
  })

  test('[acceptance 3] reads as NFC with every label in order', async () => {
    const text = await runTool('pdftotext', [file('0.pdf'), '-'])
    expect(text).toBe(text.normalize('NFC'))
    expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')
    expect(text).not.toMatch(/[\uFFFD\uFB00-\uFB06]/u)
    const labels = [...text.matchAll(/^Điều (\d+)\./gmu)].map((match) => match[1])
    expect(labels).toEqual(['1', '2', '3', '4', '5'])
    expect(text).toContain('ngày 28 tháng 02 năm 2022')
  })

  test('[acceptance 4] has the same bytes when rendered again in other processes', async () => {
    const script = `
      const { createHash } = await import('node:crypto')
      const { renderDocument } = await import('./server/signing/renderDocument.ts')
      const { pdf } = renderDocument(JSON.parse(process.argv[1]))
      process.stdout.write(createHash('sha256').update(pdf).digest('hex'))`
    const options = { cwd: fileURLToPath(new URL('../../..', import.meta.url)), encoding: 'utf8' }
    const once = () =>
      execFileSync(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '-e', script, JSON.stringify(source)],
        options as { cwd: string; encoding: 'utf8' },
      )
    const here = sha256(renderDocument(source).pdf)
    expect([once(), once()]).toEqual([here, here])
    const worker = await runInWorker<Uint8Array>('renderPdf', source, {
      timeoutMs: 60_000,
      maxMemoryMb: 512,
    })
    expect(sha256(worker)).toBe(sha256(states[0] as Buffer))
  })

  test('[acceptance 5] a character without a glyph is named', async () => {
    const blocks = [
      { id: 'x' as ClauseId, level: 'text' as const, runs: [{ text: 'Vui 😀 漢', marks: [] }] },
    ]
    const bad = sampleSource('covenant', { blocks })
    expect(() => renderDocument(bad)).toThrow(/“😀” \(U\+1F600\).*“漢” \(U\+6F22\)/u)
    const rendering = runInWorker('renderPdf', bad, { timeoutMs: 60_000, maxMemoryMb: 512 })
    await expect(rendering).rejects.toThrow('“😀” (U+1F600)')
  })

  test('[acceptance 7] carries its own text, equal to what was locked', async () => {
    expect(await runTool('pdfdetach', ['-list', file('0.pdf')])).toContain('1 embedded files')
    await runTool('pdfdetach', ['-save', '1', '-o', file('source.json'), file('0.pdf')])
    expect(await readFile(file('source.json'), 'utf8')).toBe(canonicalJson(source))
  })

  test('words of people stay words: nothing in them is read as layout', async () => {
    const evil = '#read("/etc/passwd") $x$ *a* _b_ <sigbox> \\ // [x] "q"'
    const blocks = [
      { id: 'x' as ClauseId, level: 'text' as const, runs: [{ text: evil, marks: [] }] },
    ]
    const { pdf } = renderDocument(sampleSource('covenant', { blocks }))
    await writeFile(file('evil.pdf'), pdf)
    const text = await runTool('pdftotext', [file('evil.pdf'), '-'])
    expect(text.replace(/\s+/gu, ' ')).toContain(evil)
  })

  test('NFD, controls and bidi signs give the same bytes as the plain text', () => {
    const make = (text: string) =>
      renderDocument(
        sampleSource('covenant', {
          blocks: [{ id: 'x' as ClauseId, level: 'text', runs: [{ text, marks: [] }] }],
        }),
      ).pdf
    const plain = sha256(make('Điều kiện ở nước'))
    expect(sha256(make('Điều kiện ở nước'.normalize('NFD')))).toBe(plain)
    expect(sha256(make('Điều\u202E kiện\u200B ở\u0001 nước'))).toBe(plain)
  })

  test.each(['plan', 'regulation'] as const)(
    '%s: blanks, label order, annex last',
    async (kind) => {
      const { pdf, boxes } = renderDocument(sampleSource(kind))
      await writeFile(file(`${kind}.pdf`), pdf)
      const text = await runTool('pdftotext', ['-layout', file(`${kind}.pdf`), '-'])
      expect(text).toMatch(/Số: \.{5}/)
      expect(text).toMatch(/Ninh Thuận, ngày \.+ tháng \.+ năm \.+/)
      expect(text).toContain('TM. KHỐI THI ĐUA')
      expect(boxes.map(({ placeId }) => placeId)).toEqual(['vpdbqh:person', 'vpdbqh:seal'])
      if (kind === 'plan')
        expect(text).toMatch(/I\. MỤC ĐÍCH, YÊU CẦU[\s\S]*VII\. TỔ CHỨC THỰC HIỆN/u)
      else
        expect(text).toMatch(
          /Điều 19\.[\s\S]*TM\. KHỐI THI ĐUA[\s\S]*Phụ lục[\s\S]*BẢNG CHẤM ĐIỂM/u,
        )
    },
  )
})

describe('fourteen signatures of seven agencies', () => {
  test('[acceptance 6] every state is clean to qpdf', async () => {
    for (let i = 0; i < states.length; i += 1)
      expect(await runTool('qpdf', ['--check', file(`${i}.pdf`)])).toContain(
        'No syntax or stream encoding errors found',
      )
  })

  test('[acceptance 9] pdfsig: valid, trusted, CAdES, and exactly the last covers the whole file', async () => {
    const store = await trustStore(await mkdtemp(path.join(folder, 'nss-')), file('root.pem'))
    const count = (text: string, words: string) => text.split(words).length - 1
    for (const signed of [1, 14]) {
      const report = await runTool('pdfsig', ['-nssdir', store, file(`${signed}.pdf`)])
      expect(count(report, 'Signature is Valid.')).toBe(signed)
      expect(count(report, 'Certificate is Trusted.')).toBe(signed)
      expect(count(report, 'ETSI.CAdES.detached')).toBe(signed)
      expect(count(report, 'Signing Hash Algorithm: SHA-256')).toBe(signed)
      expect(count(report, ' Total document signed')).toBe(1)
      expect(count(report, 'is not signed')).toBe(14 - signed)
    }
  })

  test('[acceptance 10] without the root nobody is trusted', async () => {
    const report = await runTool('pdfsig', [file('14.pdf')])
    expect(report).not.toContain('Certificate is Trusted.')
    expect(report).toMatch(/Certificate issuer (isn't Trusted|is unknown)\./)
  })

  test('[acceptance 11, 12] openssl takes the CMS for CAdES, without a signing time', async () => {
    const text = last().toString('latin1')
    const hole = text.lastIndexOf('/Contents <') + '/Contents <'.length
    const cms = Buffer.from(text.slice(hole, text.indexOf('>', hole)), 'hex')
    const range = /\/ByteRange \[(\d+) +(\d+) +(\d+) +(\d+) *\]/.exec(
      text.slice(text.lastIndexOf('/ByteRange')),
    )
    const [, , a = 0, b = 0, c = 0] = (range ?? []).map(Number)
    await writeFile(file('cms.der'), cms)
    await writeFile(
      file('content.bin'),
      Buffer.concat([last().subarray(0, a), last().subarray(b, b + c)]),
    )
    const args = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', file('cms.der')]
    const verified = execFileSync(
      'sh',
      ['-c', 'openssl "$@" 2>&1', 'sh', ...args]
        .concat(['-content', file('content.bin'), '-CAfile', file('root.pem'), '-purpose', 'any'])
        .concat(['-out', '/dev/null']),
      { encoding: 'utf8' },
    )
    expect(verified).toContain('CAdES Verification successful')
    const parsed = await runTool('openssl', ['asn1parse', '-inform', 'DER', '-in', file('cms.der')])
    expect(parsed).toContain('id-smime-aa-signingCertificateV2')
    expect(parsed).toContain('messageDigest')
    expect(parsed).not.toContain('signingTime')
  })

  test('[acceptance 13] each state begins with the one before, byte for byte', () => {
    for (let i = 1; i < states.length; i += 1) {
      const before = states[i - 1] as Buffer
      expect(states[i]?.subarray(0, before.length).equals(before)).toBe(true)
    }
  })

  test('the signers can be read on the page, in Vietnamese', async () => {
    const text = await runTool('pdftotext', [file('14.pdf'), '-'])
    expect(text.split('chữ ký thử nghiệm').length - 1).toBe(14)
    expect(text).toContain('28/02/2022 15:05:05 +07:00')
    expect(text).toBe(text.normalize('NFC'))
  })

  test('our own judge: incomplete until the last place, then valid, with and without the server', () => {
    const facts = serverFacts(source, root, states)
    states.forEach((state, i) => {
      const verdict = i === 14 ? 'valid' : 'incomplete'
      for (const known of [facts, offlineFacts(root)]) {
        const view = verifyPdf(state, known)
        expect(view.problems).toEqual([])
        expect(view.verdict).toBe(verdict)
        expect(view.signatures.length).toBe(i)
      }
    })
    const view = verifyPdf(last(), facts)
    expect(view.document?.title).toBe(source.title.replaceAll('\n', ' '))
    expect(view.signatures[0]).toEqual({
      placeId: 'vpdbqh:person',
      agency: 'Văn phòng Đoàn ĐBQH và HĐND tỉnh',
      person: 'Thủ trưởng Văn phòng Đoàn ĐBQH và HĐND tỉnh',
      at: '2022-02-28T08:05:05.000Z',
      timeSource: 'clock',
      level: 'PAdES B-B',
      valid: true,
      problems: [],
    })
  })

  test('each signature carries its own certificate alone', () => {
    const text = last().toString('latin1')
    const found = [...text.matchAll(/\/Contents <([0-9a-f]+)>/g)].map((match) => {
      const padded = Buffer.from(match[1] ?? '', 'hex')
      return readCms(padded.subarray(0, 4 + padded.readUInt16BE(2))).certificate.sha256
    })
    expect(new Set(found).size).toBe(14)
  })
})
