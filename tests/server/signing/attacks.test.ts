import { deflateSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { formXObject } from '../../../server/signing/appearance.ts'
import { OIDS } from '../../../server/signing/certificateDer.ts'
import { PdfFile } from '../../../server/signing/pdfFile.ts'
import {
  appendRevision,
  dict,
  name,
  nextObjectNumber,
  ref,
  textString,
  writeValue,
} from '../../../server/signing/pdfIncrement.ts'
import { PdfRef, PdfStream } from '../../../server/signing/pdfSyntax.ts'
import { formFont, pageNumbers, signatureFields } from '../../../server/signing/signatureFields.ts'
import { prepareSignature } from '../../../server/signing/signatureRevision.ts'
import { type KnownFacts, verifyPdf } from '../../../server/signing/verifyPdf.ts'
import type { AgencyId } from '../../../shared/base/ids.ts'
import type { PlaceId } from '../../../shared/signing/places.ts'
import {
  offlineFacts,
  SEALED_AT,
  sampleSource,
  serverFacts,
  signAll,
  signHole,
  signPlace,
  testRoot,
  testSigner,
  VALIDITY,
} from './signedFile.ts'

/** Every attack is judged twice: by the server that stored the file, and by somebody who has only the root. */
const source = sampleSource('plan')
const root = testRoot()
const lead = 'vpdbqh' as AgencyId
const person = { agencyId: lead, kind: 'person' } as const
const seal = { agencyId: lead, kind: 'seal' } as const
const personId: PlaceId = 'vpdbqh:person'
const sealId: PlaceId = 'vpdbqh:seal'
let states: Buffer[]
let known: [string, KnownFacts][]
const base = () => states[0] as Buffer
const once = () => states[1] as Buffer
const complete = () => states[2] as Buffer

beforeAll(() => {
  states = signAll(source, root)
  known = [
    ['server', serverFacts(source, root, states)],
    ['offline', offlineFacts(root)],
  ]
})

const codes = (file: Uint8Array, facts: KnownFacts) =>
  verifyPdf(file, facts).problems.map(({ code }) => code)

function expectRefused(file: Uint8Array, code: string): void {
  for (const [who, facts] of known) {
    const view = verifyPdf(file, facts)
    expect([who, view.verdict]).not.toEqual([who, 'valid'])
    expect([who, view.verdict]).not.toEqual([who, 'incomplete'])
    expect([who, codes(file, facts)]).toEqual([who, expect.arrayContaining([code])])
  }
}

/** The file with one more save that replaces or adds objects, as any PDF program could write it. */
function withRevision(
  file: Uint8Array,
  change: (pdf: PdfFile) => { number: number; body: Buffer }[],
): Buffer {
  const pdf = new PdfFile(file)
  return appendRevision(pdf, change(pdf)).bytes
}

const newPageContent = (pdf: PdfFile) => {
  const [page = 0] = pageNumbers(pdf)
  const number = nextObjectNumber(pdf)
  const raw = deflateSync(Buffer.from('BT /F0 40 Tf 100 500 Td (1 000 000) Tj ET'))
  const stream = new PdfStream(dict({ Length: raw.length, Filter: name('FlateDecode') }), raw)
  const changed = new Map(pdf.dict(new PdfRef(page), 'page'))
  changed.set('Contents', ref(number))
  return [
    { number: page, body: writeValue(changed) },
    { number, body: writeValue(stream) },
  ]
}

const changedField = (placeId: PlaceId, entry: string, value: unknown) => (pdf: PdfFile) => {
  const field = signatureFields(pdf, pdf.revisions.length - 1).find((f) => f.placeId === placeId)
  const changed = new Map(field?.dict)
  changed.set(entry, value as never)
  return [{ number: field?.number ?? 0, body: writeValue(changed) }]
}

const replacedAppearance = (placeId: PlaceId) => (pdf: PdfFile) => {
  const number = nextObjectNumber(pdf)
  const font = formFont(pdf, pdf.revisions.length - 1)
  const form = formXObject({ width: 127.56, height: 56.69 }, '1 1 1 rg 0 0 200 200 re f\n', font)
  return [
    ...changedField(placeId, 'AP', dict({ N: ref(number) }))(pdf),
    { number, body: writeValue(form) },
  ]
}

const evilAnnotation = (pdf: PdfFile) => {
  const [page = 0] = pageNumbers(pdf)
  const number = nextObjectNumber(pdf)
  const changed = new Map(pdf.dict(new PdfRef(page), 'page'))
  changed.set('Annots', [ref(number)])
  const note = dict({ Type: name('Annot'), Subtype: name('FreeText'), Rect: [0, 0, 500, 500] })
  return [
    { number: page, body: writeValue(changed) },
    { number, body: writeValue(note) },
  ]
}

const addedField = (pdf: PdfFile) => {
  const rootRef = pdf.revisions.at(-1)?.trailer.get('Root') as PdfRef
  const catalog = new Map(pdf.catalog())
  const form = new Map(pdf.dict(catalog.get('AcroForm'), 'form'))
  const number = nextObjectNumber(pdf)
  form.set('Fields', [...(form.get('Fields') as PdfRef[]), ref(number)])
  catalog.set('AcroForm', form)
  const field = dict({ FT: name('Sig'), T: textString('x'), Rect: [0, 0, 500, 500] })
  return [
    { number: rootRef.number, body: writeValue(catalog) },
    { number, body: writeValue(field) },
  ]
}

test('the clean files pass', () => {
  for (const [, facts] of known) {
    expect(verifyPdf(complete(), facts)).toMatchObject({ verdict: 'valid', problems: [] })
    expect(verifyPdf(once(), facts)).toMatchObject({ verdict: 'incomplete', problems: [] })
  }
})

describe('[acceptance 17] a forbidden change, appended and then covered by a fresh valid signature', () => {
  const changes: [string, (pdf: PdfFile) => { number: number; body: Buffer }[], string][] = [
    ['page content', newPageContent, 'revision/forbidden-change'],
    ['an annotation over the page', evilAnnotation, 'revision/forbidden-change'],
    ['one more field', addedField, 'revision/forbidden-change'],
    [
      'a moved empty field',
      changedField(sealId, 'Rect', [0, 0, 500, 500]),
      'revision/forbidden-change',
    ],
    ['the appearance of a signed field', replacedAppearance(personId), 'revision/forbidden-change'],
    ['a signature taken out', changedField(personId, 'V', null), 'revision/forbidden-change'],
  ]
  test.each(changes)('%s', (_what, change, code) => {
    expectRefused(withRevision(complete(), change), code)
    const changed = withRevision(once(), change)
    expectRefused(changed, code)
    expectRefused(signPlace(changed, sealId, testSigner(root, seal)), code)
  })

  test('the same change inside the revision of the signature itself', () => {
    const text = { kind: 'seal', person: '', agency: 'x', at: SEALED_AT } as const
    const { bytes } = prepareSignature(once(), sealId, text)
    const clean = new PdfFile(bytes)
    const added = [...(clean.revisions.at(-1)?.objects.keys() ?? [])].map((number) => ({
      number,
      body: writeValue(clean.object(number) as never),
    }))
    const file = withRevision(once(), (pdf) => {
      const [page, content] = newPageContent(pdf)
      const moved = nextObjectNumber(pdf) + 2
      const entry = new Map(pdf.dict(new PdfRef(page?.number ?? 0), 'page'))
      entry.set('Contents', ref(moved))
      return [
        ...added,
        { number: page?.number ?? 0, body: writeValue(entry) },
        { number: moved, body: content?.body ?? Buffer.alloc(0) },
      ]
    })
    expectRefused(file, 'revision/forbidden-change')
  })
})

describe('what ordinary readers show as valid', () => {
  test('bytes behind the last signature', () => {
    expectRefused(Buffer.concat([complete(), Buffer.from('% hello\n')]), 'file/malformed')
    expectRefused(Buffer.concat([complete(), Buffer.from('\n')]), 'file/malformed')
    expectRefused(Buffer.concat([complete(), complete().subarray(-40)]), 'file/malformed')
  })

  test('an object that no table lists', () => {
    const text = once().toString('latin1')
    const at = text.lastIndexOf('xref\n')
    const extra = Buffer.from('4 0 obj\nnull\nendobj\n')
    const moved = Buffer.concat([once().subarray(0, at), extra, once().subarray(at)])
    const fixed = moved
      .toString('latin1')
      .replace(/startxref\n\d+\n%%EOF\n$/, `startxref\n${at + extra.length}\n%%EOF\n`)
    expectRefused(Buffer.from(fixed, 'latin1'), 'file/malformed')
  })

  /** Offsets of the last signature's hex string, `<` and behind `>`. */
  const lastHole = (file: Buffer) => {
    const start = file.lastIndexOf('/Contents <') + '/Contents '.length
    return { start, end: file.indexOf('>', start) + 1 }
  }

  test('a byte behind the CMS in the padding', () => {
    const file = Buffer.from(complete())
    file.write('41', lastHole(file).end - 3, 'latin1')
    expectRefused(file, 'signature/padding')
  })

  test('a second ByteRange and an object hidden in the padding', () => {
    const hole = lastHole(complete())
    for (const hidden of ['> /ByteRange [0 1 2 3] /X <00', '> >> endobj 4 0 obj << /X <00']) {
      const file = Buffer.from(complete())
      file.write(hidden, hole.end - 1 - hidden.length - 10, 'latin1')
      expectRefused(file, 'file/malformed')
    }
    const file = Buffer.from(complete())
    const key = '> /Contained <'
    file.write(key, hole.end - 1 - key.length - 100, 'latin1')
    expectRefused(file, 'revision/forbidden-change')
  })

  test('another range', () => {
    for (const range of ['0 0 0 0', `0 10 20 ${complete().length - 20}`]) {
      const file = Buffer.from(complete())
      const at = file.lastIndexOf('/ByteRange [') + '/ByteRange ['.length
      file.write(range.padEnd(file.indexOf(']', at) - at), at, 'latin1')
      expectRefused(file, 'signature/range')
    }
  })

  test('no range, no contents: malformed, never merely unsigned', () => {
    for (const key of ['/ByteRange', '/Contents']) {
      const file = Buffer.from(complete())
      file.write(`${key.slice(0, -1)}X`, file.lastIndexOf(key), 'latin1')
      expectRefused(file, 'revision/forbidden-change')
    }
  })

  test('a save cut off after the first signature is incomplete, and nothing more', () => {
    for (const [, facts] of known)
      expect(verifyPdf(complete().subarray(0, once().length), facts).verdict).toBe('incomplete')
  })

  test('an appearance that paints over the page', () => {
    const signer = testSigner(root, seal)
    const parts = signer.certificate.subjectParts
    const agency = parts.get(OIDS.organisation) ?? ''
    const text = { kind: 'seal', person: '', agency, at: SEALED_AT } as const
    const { bytes } = prepareSignature(once(), sealId, text)
    const pdf = new PdfFile(bytes)
    const numbers = [...(pdf.revisions.at(-1)?.objects.keys() ?? [])].sort((a, b) => a - b)
    const file = withRevision(once(), () =>
      numbers.map((number, i) => {
        const value = pdf.object(number)
        const font = formFont(pdf, 1)
        const white = formXObject(
          { width: 102.05, height: 102.05 },
          '1 1 1 rg 0 0 99 99 re f\n',
          font,
        )
        return { number, body: writeValue(i === 2 ? white : (value as never)) }
      }),
    )
    expectRefused(file, 'revision/appearance')
  })
})

describe('the wrong signer', () => {
  const signed = (change: Parameters<typeof testSigner>[2], by = root) =>
    signPlace(base(), personId, testSigner(by, person, change))

  test('a root that somebody made himself', () => {
    expectRefused(signed({}, testRoot()), 'signature/untrusted')
  })

  test("another agency's certificate", () => {
    const other = testSigner(root, { agencyId: 'stc' as AgencyId, kind: 'person' })
    expectRefused(signPlace(base(), personId, other), 'signature/other-signer')
  })

  test("the agency's seal in the person's place", () => {
    const subject = testSigner(root, seal)
    expectRefused(signPlace(base(), personId, subject), 'signature/other-signer')
  })

  test('a certificate that had ended, or had not begun', () => {
    const day = 86_400_000
    const ended = { notBefore: VALIDITY.notBefore, notAfter: SEALED_AT - day }
    const future = { notBefore: SEALED_AT + day, notAfter: VALIDITY.notAfter }
    for (const validity of [ended, future])
      expectRefused(signed({ validity }), 'signature/not-valid-then')
  })

  test('a seal before its person', () => {
    expectRefused(signPlace(base(), sealId, testSigner(root, seal)), 'signature/order')
  })

  test('a certificate that is not the one the signature names', () => {
    const one = testSigner(root, person)
    const two = testSigner(root, person)
    const agency = one.certificate.subjectParts.get(OIDS.organisation) ?? ''
    const signer = one.certificate.subjectParts.get(OIDS.commonName) ?? ''
    const { bytes, hole } = prepareSignature(base(), personId, {
      kind: 'person',
      person: signer,
      agency,
      at: SEALED_AT,
    })
    // The same key certified twice would pass the signature check; here the key differs too.
    const cms = signHole(bytes, hole, { certificate: two.certificate, key: one.key })
    const file = Buffer.from(bytes)
    file.write(cms.toString('hex'), hole.start + 1, 'latin1')
    expectRefused(file, 'cms/signature')
  })
})

describe('the base', () => {
  test('another text under the same signatures', () => {
    const other = sampleSource('plan', { number: '99/KH-KTĐ' })
    const file = signAll(other, root).at(-1) as Buffer
    const [, server] = known[0] as [string, KnownFacts]
    expect(verifyPdf(file, server).verdict).toBe('invalid')
    expect(codes(file, server)).toContain('base/unknown')
  })

  test('its hash, where somebody wrote it down, decides without the server', () => {
    const sha = (serverFacts(source, root, states).documents[0]?.revisions ?? [])[0] ?? ''
    const facts = offlineFacts(root)
    expect(verifyPdf(complete(), { ...facts, base: sha }).verdict).toBe('valid')
    const other = verifyPdf(complete(), { ...facts, base: '0'.repeat(64) })
    expect(other.verdict).toBe('invalid')
    expect(other.problems.map(({ code }) => code)).toEqual(['base/other'])
  })

  test('a state that the server never stored', () => {
    const again = signPlace(once(), sealId, testSigner(root, seal), SEALED_AT + 999_000)
    const [, server] = known[0] as [string, KnownFacts]
    expect(codes(again, server)).toEqual(['revision/unknown'])
    expect(verifyPdf(again, server).verdict).toBe('invalid')
  })

  test('foreign is only what is neither signed under our root nor names a document of ours', () => {
    const [, server] = known[0] as [string, KnownFacts]
    const stranger = testRoot()
    const theirs = sampleSource('plan', {
      document: { id: 'x'.repeat(21), kind: 'plan', edition: 1 },
    })
    const file = signAll(theirs, stranger).at(-1) as Buffer
    expect(verifyPdf(file, server).verdict).toBe('foreign')
    expect(verifyPdf(Buffer.from('%PDF-1.4\nhello'), server).verdict).toBe('foreign')
    const cut = complete().subarray(0, complete().length - 100)
    expect(verifyPdf(cut, server).verdict).toBe('invalid')
  })
})

test('the lowest bit of a byte flipped anywhere: never valid', () => {
  // Seeded, so that a failure can be repeated: a multiplicative generator over the length of the file.
  let seed = 20220228
  const positions = Array.from({ length: 40 }, () => {
    seed = (seed * 48271) % 2147483647
    return seed % complete().length
  })
  for (const at of positions) {
    const file = Buffer.from(complete())
    file[at] = (file[at] ?? 0) ^ 1
    for (const [who, facts] of known) {
      const { verdict } = verifyPdf(file, facts)
      expect([at, who, ['invalid', 'foreign'].includes(verdict)]).toEqual([at, who, true])
    }
  }
})
