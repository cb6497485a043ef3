import 'reflect-metadata'
import { createHash } from 'node:crypto'
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509'
import type { DocumentView } from '../../../shared/documents/api.ts'
import type { SigningView, VerificationView } from '../../../shared/signing/api.ts'
import type { Place } from '../../../shared/signing/places.ts'
import type { TestServer, Visitor } from '../../support/testServer.ts'

export const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SHA256 = { name: 'ECDSA', hash: 'SHA-256' } as const

export const api = (document: DocumentView) => `/api/documents/${document.id}`

export type Key = { keys: CryptoKeyPair; certificate: string; chain: string[] }

export type Prepared = { preparationId: string; toBeSigned: string; revision: string }

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** A request for a key, under a name that counts for nothing. */
export async function request(keys: CryptoKeyPair): Promise<string> {
  const made = { name: 'CN=Ai đó khác', keys, signingAlgorithm: SHA256 }
  return (await Pkcs10CertificateRequestGenerator.create(made)).toString('pem')
}

/** The same request with one byte of its name changed, so that its own signature no longer fits. */
export function otherName(csr: string): string {
  const bytes = Buffer.from(ofPem(csr), 'base64')
  const at = bytes.indexOf('khác')
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return `-----BEGIN CERTIFICATE REQUEST-----\n${bytes.toString('base64')}\n-----END CERTIFICATE REQUEST-----`
}

const ofPem = (pem: string) => pem.replace(/-----[^-]+-----/g, '').replace(/\s+/g, '')

export type SigningSession = ReturnType<typeof signingSession>

/** Acts of signers against a running server, as the browser does them. */
export function signingSession(server: TestServer) {
  /** Puts a document into the state that the lock leaves behind. */
  async function lock(document: DocumentView, lockedAt = server.platform.clock()): Promise<void> {
    const text = await server.app.deps.rooms.read(document.id)
    const { title, place, recipients, signingTitles, contentHash, structureHash } = document
    const fields = { title, place, recipients, signingTitles }
    const version = server.platform.newId()
    await server.platform.database.write(async (tx) => {
      const { id: author } = await tx
        .selectFrom('account')
        .select('id')
        .where('account', '=', 'vpdbqh.head')
        .executeTakeFirstOrThrow()
      await tx
        .insertInto('version')
        .values({
          id: version,
          document_id: document.id,
          epoch: document.epoch,
          revision: text.revision,
          kind: 'lock',
          name: null,
          bytes: Buffer.from(text.encodeState()),
          content: JSON.stringify({ blocks: text.blocks, fields }),
          content_hash: contentHash,
          structure_hash: structureHash,
          account_id: author,
          at: lockedAt,
        })
        .execute()
      await tx
        .updateTable('document')
        .set({
          phase: 'locked',
          locked_at: lockedAt,
          locked_content: contentHash,
          locked_structure: structureHash,
          locked_version: version,
        })
        .where('id', '=', document.id)
        .execute()
    })
  }

  async function phaseAfterSealing(
    visitor: Visitor,
    document: DocumentView,
  ): Promise<DocumentView> {
    for (;;) {
      const { body } = await visitor.call<DocumentView>('GET', api(document))
      if (body.phase !== 'sealing') return body
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async function enrol(visitor: Visitor): Promise<Key> {
    const keys = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify'])
    await visitor.stepUp()
    const { status, body } = await visitor.call<{ certificate: string; chain: string[] }>(
      'POST',
      '/api/certificates',
      { csr: await request(keys) },
    )
    if (status !== 201) throw new Error(`enrolment answered ${status}`)
    return { keys, certificate: ofPem(body.certificate), chain: body.chain.map(ofPem) }
  }

  const prepare = (visitor: Visitor, document: DocumentView, placeId: string, key: Key) =>
    visitor.call<Prepared & { code: string }>('POST', `${api(document)}/signing/prepare`, {
      placeId,
      certificate: key.certificate,
      chain: key.chain,
    })

  async function complete(visitor: Visitor, document: DocumentView, key: Key, prepared: Prepared) {
    const bytes = Buffer.from(prepared.toBeSigned, 'base64')
    const signature = await crypto.subtle.sign(SHA256, key.keys.privateKey, bytes)
    return visitor.call<SigningView & { code: string }>(
      'POST',
      `${api(document)}/signing/complete`,
      {
        preparationId: prepared.preparationId,
        signature: Buffer.from(signature).toString('base64'),
      },
    )
  }

  const signers = new Map<string, Promise<{ visitor: Visitor; key: Key }>>()

  /** The one who fills a place, with a certified key. */
  function signerOf({ agencyId, kind }: Pick<Place, 'agencyId' | 'kind'>) {
    const account = `${agencyId}.${kind === 'person' ? 'head' : 'clerk'}`
    const known = signers.get(account)
    if (known !== undefined) return known
    const made = (async () => {
      const visitor = await server.signIn(account)
      return { visitor, key: await enrol(visitor) }
    })()
    signers.set(account, made)
    return made
  }

  async function sign(document: DocumentView, place: Place) {
    const { visitor, key } = await signerOf(place)
    await visitor.stepUp()
    const prepared = await prepare(visitor, document, place.id, key)
    if (prepared.status !== 201)
      throw new Error(`preparing ${place.id} answered ${prepared.body.code}`)
    return complete(visitor, document, key, prepared.body)
  }

  async function download(
    visitor: Visitor,
    place: string,
  ): Promise<{ status: number; bytes: Buffer }> {
    const response = await fetch(server.url + place, { headers: { cookie: visitor.cookie } })
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) }
  }

  async function judge(bytes: Uint8Array, type = 'application/pdf') {
    const response = await fetch(`${server.url}/api/verify`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: new Uint8Array(bytes),
    })
    return {
      status: response.status,
      body: (await response.json()) as VerificationView & { code: string },
    }
  }

  return { lock, phaseAfterSealing, enrol, prepare, complete, signerOf, sign, download, judge }
}
