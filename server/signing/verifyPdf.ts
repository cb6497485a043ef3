import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { AgencyId } from '../../shared/base/ids.ts'
import type { Verdict, VerificationView, VerifiedSignature } from '../../shared/signing/api.ts'
import { placesFor } from '../../shared/signing/places.ts'
import { CmsError, readCms } from './cades.ts'
import { type Certificate, isIssuedBy, readCertificate } from './certificateDer.ts'
import { DerError, readDerPrefix } from './der.ts'
import { isActive, judgeRevision, type SignedRevision } from './judgeRevision.ts'
import { judgeSignature } from './judgeSignature.ts'
import { PdfFile } from './pdfFile.ts'
import { isArray, PdfError, PdfRef } from './pdfSyntax.ts'
import { type SealedSource, sealedSource } from './sealedSource.ts'
import { pageNumbers, signatureFields } from './signatureFields.ts'
import { VerifyError, type VerifyProblem, wordsFor } from './verifyProblem.ts'

export type KnownDocument = {
  id: string
  kind: string
  title: string
  edition: number
  /** SHA-256 of each stored state of the sealed file, the base first. */
  revisions: readonly string[]
}

/** What the judge knows beside the file. */
export type KnownFacts = {
  /** DER of the authorities that count. */
  roots: readonly Uint8Array[]
  /** Sealed here; an empty list where the file must speak for itself. */
  documents: readonly KnownDocument[]
  /** Ids of all documents of this installation. */
  documentIds: readonly string[]
  /** SHA-256 of the base, where somebody wrote it down. */
  base: string | null
  /** The installation that sealed it is not at hand: a base is accepted for its signatures alone. */
  offline: boolean
  /** Milliseconds since 1970: nobody has signed later than that. */
  now: number
}

type Signature = z.infer<typeof VerifiedSignature>
type Problem = VerificationView['problems'][number]

/** Fields are made in the second save of the file; what is signed starts there. */
const BASE = 1

export function verifyPdf(bytes: Uint8Array, facts: KnownFacts): VerificationView {
  const judge = new Judge(bytes, facts)
  judge.run()
  return judge.view()
}

class Judge {
  readonly #bytes: Uint8Array
  readonly #facts: KnownFacts
  readonly #roots: readonly Certificate[]
  readonly #signatures: Signature[] = []
  readonly #problems: Problem[] = []
  #source: SealedSource | undefined
  #document: KnownDocument | undefined
  #places: readonly string[] = []

  constructor(bytes: Uint8Array, facts: KnownFacts) {
    this.#bytes = bytes
    this.#facts = facts
    this.#roots = facts.roots.map(readCertificate)
  }

  run(): void {
    this.#guard(() => {
      const file = new PdfFile(this.#bytes)
      if (file.revisions.length <= BASE) throw new VerifyError('base/fields', 'none')
      const ends = file.revisions.map((revision) => this.#prefixEnd(revision.end))
      this.#guard(() => this.#judgeBase(file, ends[BASE] ?? 0))
      file.revisions.forEach((_, index) => {
        if (index > BASE) this.#guard(() => this.#judgeRevision(file, index, ends[index] ?? 0))
      })
    })
  }

  /** A problem ends what it was found in, and the rest is judged all the same. */
  #guard(work: () => void): void {
    try {
      work()
    } catch (cause) {
      if (cause instanceof VerifyError) this.#note(cause.code, cause.message)
      else if (cause instanceof PdfError) this.#note('file/malformed', cause.message)
      else throw cause
    }
  }

  #note(code: VerifyProblem, detail: string): void {
    this.#problems.push({ code, message: wordsFor(code, detail) })
  }

  /** A save ends behind its `%%EOF` and the line end that belongs to it. */
  #prefixEnd(end: number): number {
    return this.#bytes[end] === 10 ? end + 1 : end
  }

  #hash(end: number): string {
    return createHash('sha256').update(this.#bytes.subarray(0, end)).digest('hex')
  }

  #judgeBase(file: PdfFile, end: number): void {
    const hash = this.#hash(end)
    const { documents, base, offline } = this.#facts
    this.#document = documents.find(({ revisions }) => revisions[0] === hash)
    if (base !== null && base !== hash) this.#note('base/other', hash)
    else if (base === null && !offline && !this.#document) this.#note('base/unknown', hash)
    const source = sealedSource(file, BASE)
    this.#source = source
    const signers = source.signers.map(({ agencyId }) => agencyId as AgencyId)
    this.#places = placesFor(signers).map(({ id }) => id)
    const fields = signatureFields(file, BASE)
    const named = fields.map(({ placeId }) => placeId)
    if ([...named].sort().join() !== [...this.#places].sort().join() || named.length === 0)
      throw new VerifyError('base/fields', named.join(', '))
    if (fields.some(({ dict }) => dict.has('V'))) throw new VerifyError('base/fields', 'filled')
    this.#requirePassive(file, new Set(fields.map(({ number }) => number)))
  }

  /** No scripts, no layers, and nothing laid over a page but the signature fields. */
  #requirePassive(file: PdfFile, fields: ReadonlySet<number>): void {
    for (const revision of file.revisions.slice(0, BASE + 1))
      for (const number of revision.objects.keys())
        if (isActive(file.object(number, BASE)))
          throw new VerifyError('base/active-content', `object ${number}`)
    for (const page of pageNumbers(file)) {
      const annots = file.resolve(file.dict(new PdfRef(page), 'page', BASE).get('Annots'), BASE)
      for (const annot of isArray(annots) ? annots : [])
        if (!(annot instanceof PdfRef) || !fields.has(annot.number))
          throw new VerifyError('base/active-content', `page object ${page}`)
    }
  }

  #judgeRevision(file: PdfFile, index: number, end: number): void {
    const known = this.#document?.revisions
    if (known && known[index - BASE] !== this.#hash(end))
      this.#note('revision/unknown', `${index - BASE}`)
    this.#add(judgeRevision(file, index), end)
  }

  #add(revision: SignedRevision, end: number): void {
    const { placeId } = revision.field
    const signer = this.#source?.signers.find(
      ({ places }) => places.person === placeId || places.seal === placeId,
    )
    const before = new Set(this.#signatures.map((signature) => signature.placeId))
    const judged = judgeSignature(this.#bytes, revision, end, {
      roots: this.#roots,
      now: this.#facts.now,
      agency: signer?.agency ?? null,
      personSigned: placeId.endsWith(':person') || before.has(signer?.places.person ?? ''),
    })
    this.#signatures.push(judged)
    for (const code of judged.problems) this.#note(code as VerifyProblem, placeId)
  }

  view(): VerificationView {
    const document = this.#document ?? this.#named()
    return {
      verdict: this.#verdict(),
      ...(document && {
        document: {
          id: document.id,
          kind: document.kind,
          title: document.title,
          edition: document.edition,
        },
      }),
      signatures: this.#signatures,
      problems: this.#problems,
    }
  }

  #named(): Omit<KnownDocument, 'revisions'> | undefined {
    const source = this.#source
    if (!source || !(this.#facts.offline || this.#facts.documentIds.includes(source.document.id)))
      return undefined
    return { ...source.document, title: source.title.replaceAll('\n', ' ') }
  }

  #verdict(): Verdict {
    if (this.#problems.length > 0) {
      if (this.#isOurs()) return 'invalid'
      this.#note('file/not-ours', '')
      return 'foreign'
    }
    const filled = new Set(this.#signatures.map(({ placeId }) => placeId))
    return this.#places.every((place) => filled.has(place)) ? 'valid' : 'incomplete'
  }

  /** Foreign is only what neither chains to our authority nor names a document of ours. */
  #isOurs(): boolean {
    if (this.#document || this.#signatures.some(({ valid }) => valid)) return true
    const text = Buffer.from(this.#bytes).toString('latin1')
    const ids = [...text.matchAll(/urn:nhat-tri:document:([a-z0-9]{21})/g)].map((m) => m[1] ?? '')
    const ours = new Set(this.#facts.documentIds)
    if (this.#source) ids.push(this.#source.document.id)
    if (ids.some((id) => ours.has(id))) return true
    const values = text.matchAll(/\/Contents\s*<([0-9A-Fa-f]{64,200000})/g)
    return [...values].some((match) => this.#chainsToUs(match[1] ?? ''))
  }

  #chainsToUs(hex: string): boolean {
    try {
      const { element } = readDerPrefix(Buffer.from(hex, 'hex'))
      const { certificate } = readCms(element.bytes)
      return this.#roots.some((root) => isIssuedBy(certificate, root))
    } catch (cause) {
      // Another kind of signature than ours chains to nobody we know.
      if (cause instanceof DerError || cause instanceof CmsError) return false
      throw cause
    }
  }
}
